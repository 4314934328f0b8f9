namespace Faultline.Harness.Sources.Trees;

/// <summary>What a developer changed in a tree without git, as one patch: the difference from a folder with the unpatched source.</summary>
/// <param name="before">The unpatched source; only read.</param>
/// <param name="after">The developer's tree; only read.</param>
/// <param name="scratch">An empty folder for a repository that makes the patch.</param>
internal sealed class FolderChanges(string before, string after, string scratch)
{
    private const string Name = "changes.patch";

    private static readonly Dictionary<string, string> Places = [];

    /// <summary>Writes the patch and a <c>series</c> file that names it into an empty folder.</summary>
    /// <returns>How many patches there are: 1, or 0 when the trees are the same.</returns>
    /// <exception cref="KernelSourceException">git cannot make the patch.</exception>
    public async Task<int> WriteAsync(string folder, CancellationToken cancellation)
    {
        var git = TreeGit.Require(scratch, $"to find out what {after} changes");
        await git.RunAsync("Making a repository", ["init", "--quiet", "--bare"], Places, cancellation);
        var old = (await TreeScan.OfAsync(before, caches: null, cancellation)).Manifest;
        var now = (await TreeScan.OfAsync(after, caches: null, cancellation)).Manifest;
        var changed = old.Lacks(now);
        var replaced = now.Lacks(old);
        if (changed.Count + replaced.Count == 0)
            return 0;

        var from = await new StoredTree(git, Places, before).WriteAsync(replaced, [], cancellation);
        var gone = replaced.Select(file => file.Path).Where(path => !now.Files.ContainsKey(path));
        var to = await new StoredTree(git, Places, after).WriteAsync(changed, gone, cancellation);
        await git.WriteAsync($"Comparing {after} with {before}", ["diff-tree", "-p", .. OwnChanges.PlainPatch, from, to], Places,
            Path.Combine(folder, Name), cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "series"), Name + "\n", cancellation);
        return 1;
    }
}
