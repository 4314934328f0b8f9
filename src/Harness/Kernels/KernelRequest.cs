using Faultline.Harness.Identity;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Kernels;

/// <summary>A kernel to build.</summary>
internal sealed record KernelRequest
{
    private const string FirstVariant = "base";

    /// <summary>The variant's name, and the kernel's in every table; a plain file name.</summary>
    public required string Name { get; init; }

    public required KernelSource Source { get; init; }

    /// <summary>The machines that the kernel is built for.</summary>
    public Architecture Architecture { get; init; } = Architecture.X86;

    /// <summary>The kconfig fragments on top of the variant's own.</summary>
    public KernelFlavour Flavour { get; init; } = KernelFlavour.Plain;

    /// <summary>Which kernel this is: its results, logs, tree and objects go by it.</summary>
    public KernelId Id => new(Name, Source, Architecture, Flavour);

    /// <summary>The patches to apply; none builds the source as it is.</summary>
    public PatchSeries Series { get; init; } = PatchSeries.None;

    /// <summary>Kconfig fragments, in order; a later one overrides an earlier one.</summary>
    public required IReadOnlyList<string> Fragments { get; init; }

    /// <summary>The suffix of the release, LOCALVERSION of make.</summary>
    public required string Tag { get; init; }

    /// <summary>The variant of the same source whose objects a first build begins with.</summary>
    public string StartFrom { get; init; } = FirstVariant;

    /// <summary>The kernels whose objects to begin with, by their names in the source: the first that was ever built.</summary>
    /// <remarks>kbuild knows which option an object depends on, so that those of another flavour serve as well.</remarks>
    public IReadOnlyList<string> Lenders => [.. ((KernelId[])
        [Id with { Variant = StartFrom }, Id with { Variant = StartFrom, Flavour = KernelFlavour.Plain }])
        .Select(lender => lender.NameInSource).Distinct(StringComparer.Ordinal).Where(lender => lender != Id.NameInSource)];

    /// <summary>
    /// A word that gives this kernel volumes of its own: no source, no objects and no compiler cache of others. Whoever sets it calls
    /// <see cref="KernelBuilder.DiscardAsync"/> in the end.
    /// </summary>
    public string? Scratch { get; init; }

    /// <summary>Build again although nothing changed.</summary>
    public bool Force { get; init; }

    /// <summary>The request for a variant of linux-patch.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="checkout">Where the guest's fragment lies.</param>
    /// <param name="tree">Another source than the variant's base.</param>
    /// <param name="extraFragments">For example linux-patch/kconfig/debug.config.</param>
    /// <exception cref="KernelSourceException">The kernel is too old to have what every variant is about.</exception>
    public static KernelRequest For(
        Variant variant, Checkout checkout, KernelSource? tree = null, IReadOnlyList<string>? extraFragments = null)
    {
        var request = new KernelRequest
        {
            Name = variant.Name,
            Source = tree ?? variant.Base,
            Series = variant.Series,
            Fragments = [checkout.GuestConfig, .. variant.Fragments, .. extraFragments ?? []],
            Tag = variant.Tag,
            StartFrom = variant.Control ?? FirstVariant,
            Flavour = KernelFlavour.Of(extraFragments ?? [], checkout.Root),
        };
        var oldest = request.Architecture.MinimumKernel;
        return request.Source is KernelSource.Debian debian && Version.Parse(debian.Version) < oldest
            ? throw new KernelSourceException(
                $"{variant.Name}: {debian} is older than Linux {oldest}, the first with userfaultfd's write-protection on {request.Architecture}.")
            : request;
    }
}
