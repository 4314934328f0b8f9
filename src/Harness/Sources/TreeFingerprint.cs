using Faultline.Harness.Sources.Trees;

namespace Faultline.Harness.Sources;

/// <summary>Which source it is, exactly: for a user's tree a hash over the content of every file that a build may read.</summary>
public static class TreeFingerprint
{
    /// <summary>What identifies a source, and words for people; a package is identified by its name, its version by what was unpacked.</summary>
    /// <exception cref="TreeUnreadableException">A file of the tree cannot be read.</exception>
    public static Task<(string Key, string Description)> OfAsync(KernelSource source, CancellationToken cancellation) => source is KernelSource.Tree tree
        ? OfAsync(tree.Folder, cancellation)
        : Task.FromResult((source.ToString()!, source.ToString()!));

    /// <summary>
    /// Paths, modes and contents, whatever git or its settings say of them. Left out is what is not source: see <see cref="NotSource"/>.
    /// </summary>
    /// <returns>The hash, and words for people: <c>v6.1-rc3-12-gabc with 2 changed files</c>.</returns>
    /// <exception cref="TreeUnreadableException">A file of the tree cannot be read.</exception>
    public static async Task<(string Key, string Description)> OfAsync(string folder, CancellationToken cancellation)
    {
        var scan = await TreeScan.OfAsync(folder, caches: null, cancellation).ConfigureAwait(false);
        return (scan.Manifest.Key, await GitName.OfAsync(folder, scan, cancellation).ConfigureAwait(false));
    }
}
