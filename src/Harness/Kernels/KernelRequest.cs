using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Kernels;

/// <summary>Where things lie in a checkout.</summary>
/// <param name="Root">The folder that holds linux-patch and images.</param>
/// <param name="Artifacts">Where results go; <c>artifacts</c> below the root unless said otherwise.</param>
public sealed record RepositoryLayout(string Root, string? Artifacts = null)
{
    public string Images => Path.Combine(Root, "images");

    public string Patches => Path.Combine(Root, "linux-patch");

    public string GuestConfig => Path.Combine(Patches, "kconfig", "guest.config");

    public string ArtifactsFolder => Artifacts ?? Path.Combine(Root, "artifacts");

    /// <summary>Holds a folder of results for each kernel.</summary>
    public string Kernels => Path.Combine(ArtifactsFolder, "kernels");

    public string KernelFolder(string name) => Path.Combine(Kernels, name);

    /// <summary>Logs as they are written; the report keeps copies, for its folder is replaced whole.</summary>
    public string LogFolder => Path.Combine(ArtifactsFolder, "logs");

    /// <summary>The log of one step of one kernel.</summary>
    public string LogFile(string kernel, string step) => Path.Combine(LogFolder, $"{kernel}.{step}.log");

    /// <summary>What a phase of making a kernel printed when it last had something to do.</summary>
    public string LogOf(string kernel, Phase phase) => LogFile(kernel, phase.ToString().ToLowerInvariant());
}

/// <summary>A kernel to build.</summary>
public sealed record KernelRequest
{
    /// <summary>The kernel's name in every result; a plain file name.</summary>
    public required string Name { get; init; }

    public required KernelSource Source { get; init; }

    /// <summary>
    /// The folder of artifacts/kernels that gets the results: the name, and for a user's tree which one, so that it
    /// takes no other kernel's place.
    /// </summary>
    public string ResultFolder => Source is KernelSource.Tree tree ? $"{Name}-{tree.ShortName}" : Name;

    /// <summary>The patches to apply; none builds the source as it is.</summary>
    public PatchSeries Series { get; init; } = PatchSeries.None;

    /// <summary>Kconfig fragments, in order; a later one overrides an earlier one.</summary>
    public required IReadOnlyList<string> Fragments { get; init; }

    /// <summary>The suffix of the release, LOCALVERSION of make.</summary>
    public required string Tag { get; init; }

    /// <summary>The kernel of the same source whose objects a first build begins with.</summary>
    public string StartFrom { get; init; } = "base";

    /// <summary>Parallel compilations; null for one for each of the engine's processors.</summary>
    public int? Jobs { get; init; }

    /// <summary>
    /// A word that gives this kernel volumes of its own: no source, no objects and no compiler cache of others. Whoever sets it calls
    /// <see cref="KernelBuilder.DiscardAsync"/> in the end.
    /// </summary>
    public string? Scratch { get; init; }

    /// <summary>Build again although nothing changed.</summary>
    public bool Force { get; init; }

    /// <summary>The request for a variant of linux-patch.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="layout">Where the guest's fragment lies.</param>
    /// <param name="tree">Another source than the variant's base.</param>
    /// <param name="extraFragments">For example linux-patch/kconfig/debug.config.</param>
    public static KernelRequest For(Variant variant, RepositoryLayout layout, KernelSource? tree = null, IReadOnlyList<string>? extraFragments = null) => new()
    {
        Name = variant.Name,
        Source = tree ?? variant.Base,
        Series = variant.Series,
        Fragments = [layout.GuestConfig, .. variant.Fragments, .. extraFragments ?? []],
        Tag = variant.Tag,
    };
}
