namespace Faultline.Harness.Sources.Trees;

/// <summary>
/// Words for the state of a tree: the commit it stands on, as git describes it, and how many of its files are not that commit's. Only git's
/// objects are asked, and compared with what was read of the tree: no setting, index or attribute has a say, and git runs no other program.
/// </summary>
internal static class GitName
{
    private const int ContentDigits = 12;

    /// <returns>
    /// <c>v6.1-rc3-12-gabc</c>, <c>v6.1 with 2 changed files</c>; of a folder that is not a work tree <c>/my/tree,
    /// content 0123456789ab</c>.
    /// </returns>
    public static async Task<string> OfAsync(string folder, TreeScan scan, CancellationToken cancellation)
    {
        var content = $"content {scan.Manifest.Key[..ContentDigits]}";
        // null where git is missing, or the folder is not the top of a work tree that git can read.
        if (TreeGit.Find(folder) is not { } git
            || await git.AskAsync(["describe", "--always", "--tags", "HEAD"], cancellation) is not { } described
            || await CommittedFiles.OfAsync(git, "HEAD", cancellation) is not { } committed)
            return $"{folder}, {content}";
        return described.Trim() + (CountChanges(committed, scan) switch
        {
            null => $", {content}",
            0 => "",
            1 => " with 1 changed file",
            var count => $" with {count} changed files",
        });
    }

    /// <summary>null when the repository names contents by another hash.</summary>
    private static int? CountChanges(CommittedFiles committed, TreeScan scan) => committed.AreComparable
        ? scan.Manifest.Files.Values.Count(file => !committed.Has(file, scan.Blobs[file.Path])) + committed.GoneFrom(scan).Count()
        : null;
}
