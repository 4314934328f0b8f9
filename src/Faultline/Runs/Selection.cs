using Faultline.Harness;
using Faultline.Harness.Kernels;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>Which kernels a command line names, and how they are to be built.</summary>
internal sealed record Selection
{
    public required Checkout Checkout { get; init; }

    public required VariantCatalog Catalog { get; init; }

    /// <summary>The variants named with --variant, in that order; empty when none was.</summary>
    public required IReadOnlyList<Variant> Named { get; init; }

    /// <summary>The user's kernel tree that replaces the variants' bases; null for none.</summary>
    public required string? Tree { get; init; }

    public required IReadOnlyList<string> Fragments { get; init; }

    /// <summary>The negative control: the kernel without a series.</summary>
    public Variant Control => Catalog.Variants.FirstOrDefault(variant => variant.Role == VariantRole.Control)
        ?? throw new UsageException($"no variant in {Checkout.LinuxPatch} has role = \"control\"; a run needs one to compare with.");

    /// <summary>Every variant proper of linux-patch, in the order of their names.</summary>
    public IReadOnlyList<Variant> Variants => [.. Catalog.Variants.Where(variant => variant.Role == VariantRole.Variant)];

    /// <exception cref="KernelSourceException">The tree cannot be built as this variant needs it.</exception>
    public KernelRequest Request(Variant variant) => KernelRequest.For(
        variant, Checkout, Tree is null ? null : KernelSource.FromTree(Tree), Fragments);
}
