using Faultline.Harness.Sources;

namespace Faultline.Harness.Identity;

/// <summary>
/// Which kernel it is: every key, path, lock, event and result knows it by this. Two kernels that are not the same
/// never have a file, a folder
/// or a name in common.
/// </summary>
/// <param name="Variant">The variant's name, and the kernel's in every table; a plain file name.</param>
/// <param name="Source">Where its source comes from.</param>
/// <param name="Architecture">What it runs on.</param>
/// <param name="Flavour">What it is configured with beyond the variant.</param>
internal sealed record KernelId(string Variant, KernelSource Source, Architecture Architecture, KernelFlavour Flavour)
{
    /// <summary>
    /// Its name among the kernels of one source, for its tree and its objects in that source's volume. A variant as it is has
    /// its own name alone: <c>base</c>, <c>base.debug-1a2b3c4d</c>.
    /// </summary>
    public string NameInSource =>
        Variant + (Architecture == Architecture.X86 ? "" : $".{Architecture}") + (Flavour.IsPlain ? "" : $".{Flavour.ShortName}");

    /// <summary>
    /// Its name among all kernels, for folders and logs: of a user's tree it also says which,
    /// <c>base-linux-5e6f7a8b</c>. Of a developer's tree and what it stands on: <c>linux-5e6f7a8b</c> and
    /// <c>linux-base-5e6f7a8b</c>.
    /// </summary>
    public string Name => Source is KernelSource.Tree tree ? $"{NameInSource}-{tree.ShortName}" : NameInSource;

    public override string ToString() => Name;
}
