using Faultline.Harness.Sources.Trees;

namespace Faultline.Harness.Sources;

/// <summary>Which source it is, exactly.</summary>
internal static class TreeFingerprint
{
    /// <summary>
    /// What identifies a source. A user's tree: a hash over path, mode and content of every file that a build may
    /// read, whatever git, its settings and its index say of them; left out is what is <see cref="NotSource"/>. A
    /// package: its name, for its version is known when it was unpacked.
    /// </summary>
    /// <exception cref="TreeUnreadableException">A file of the tree cannot be read.</exception>
    public static async Task<string> KeyAsync(KernelSource source, CancellationToken cancellation) => source is KernelSource.Tree tree
        ? (await TreeScan.OfAsync(tree, cancellation)).Manifest.Key
        : source.ToString()!;
}
