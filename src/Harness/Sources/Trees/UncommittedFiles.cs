namespace Faultline.Harness.Sources.Trees;

/// <summary>
/// The files of a work tree that are not as the last commit has them. Only git's objects are asked, as for <see cref="GitName"/>.
/// </summary>
internal static class UncommittedFiles
{
    /// <param name="git">Of the tree.</param>
    /// <param name="tree">The top of the tree.</param>
    /// <returns>Paths in the tree: changed, deleted, or new and not ignored. Empty where that cannot be told.</returns>
    public static async Task<IReadOnlyList<string>> OfAsync(TreeGit git, string tree, CancellationToken cancellation)
    {
        if (await CommittedFiles.OfAsync(git, "HEAD", cancellation) is not { AreComparable: true } committed)
            return [];
        TreeScan scan;
        try
        {
            scan = await TreeScan.OfAsync(tree, caches: null, cancellation);
        }
        catch (TreeUnreadableException)
        {
            return [];
        }

        var added = NewFiles.Read(await git.AskAsync(NewFiles.Question(committed), cancellation) ?? "");
        var changed = scan.Manifest.Files.Values.Where(file => !committed.Has(file, scan.Blobs[file.Path])
            && (committed.Contains(file.Path) || added.Contains(file.Path)));
        return [.. changed.Select(file => file.Path).Concat(committed.GoneFrom(scan)).Order(StringComparer.Ordinal)];
    }
}
