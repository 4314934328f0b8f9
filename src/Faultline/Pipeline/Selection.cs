using System.CommandLine;
using Faultline.Cli.Commands;
using Faultline.Harness.Kernels;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Pipeline;

/// <summary>Which kernels a command line names, and how they are to be built.</summary>
internal sealed record Selection
{
    public required Workspace Workspace { get; init; }

    public required VariantCatalog Catalog { get; init; }

    /// <summary>The variants named with --variant, in that order; empty when none was.</summary>
    public required IReadOnlyList<Variant> Named { get; init; }

    /// <summary>The user's kernel tree that replaces the variants' bases; null for none.</summary>
    public required string? Tree { get; init; }

    public required IReadOnlyList<string> Fragments { get; init; }

    /// <summary>The negative control: the kernel without a series.</summary>
    public Variant Control => Catalog.Variants.FirstOrDefault(variant => variant.Role == VariantRole.Control)
        ?? throw new UsageException($"no variant in {Workspace.LinuxPatch} has role = \"control\"; a run needs one to compare with.");

    /// <summary>Every variant proper of linux-patch, in the order of their names.</summary>
    public IReadOnlyList<Variant> Variants => [.. Catalog.Variants.Where(variant => variant.Role == VariantRole.Variant)];

    /// <exception cref="KernelSourceException">The tree cannot be built as this variant needs it.</exception>
    public KernelRequest Request(Variant variant) => KernelRequest.For(
        variant, Workspace.Layout, Tree is null ? null : KernelSource.FromTree(Tree), Fragments);

    /// <exception cref="UsageException">A folder, file or variant that does not exist.</exception>
    public static Selection From(ParseResult parsed)
    {
        var workspace = Workspace.Find(parsed.GetValue(CommonOptions.Root));
        var folders = new List<string> { workspace.LinuxPatch };
        foreach (var folder in parsed.GetValue(CommonOptions.Patches) ?? [])
        {
            if (!Directory.Exists(folder))
                throw new UsageException($"--variants {folder}: no such folder; give a folder that holds variant folders, as linux-patch does.");
            folders.Add(Path.GetFullPath(folder));
        }

        var catalog = VariantCatalog.Load(folders);
        var tree = parsed.GetValue(CommonOptions.Tree);
        return new Selection
        {
            Workspace = workspace,
            Catalog = catalog,
            Named = [.. (parsed.GetValue(CommonOptions.Variant) ?? []).Distinct().Select(catalog.Get)],
            Tree = tree is null ? null : KernelSource.FromTree(tree).Folder,
            Fragments = [.. (parsed.GetValue(CommonOptions.Config) ?? []).Select(name => Fragment(workspace, name))],
        };
    }

    private static string Fragment(Workspace workspace, string name)
    {
        var known = Path.Combine(workspace.LinuxPatch, "kconfig", name + ".config");
        if (File.Exists(known))
            return known;
        if (File.Exists(name))
            return Path.GetFullPath(name);
        throw new UsageException($"--config {name}: neither a file nor {Path.GetRelativePath(Environment.CurrentDirectory, known)}.");
    }
}
