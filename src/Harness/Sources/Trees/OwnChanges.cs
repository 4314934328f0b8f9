namespace Faultline.Harness.Sources.Trees;

/// <summary>
/// What a developer changed, as patches: the commits on top of the base, then what is not committed yet. Git is not asked for the files:
/// they are what a build would read, whatever its index and filters say; what git ignores and never had is left out.
/// </summary>
/// <param name="git">Of the tree.</param>
/// <param name="tree">The top of the tree.</param>
/// <param name="scratch">A folder for git's index and objects, so that nothing is written to the repository.</param>
internal sealed class OwnChanges(TreeGit git, string tree, string scratch)
{
    /// <summary>Beyond that many commits, they are one patch: each costs time whenever the series is applied.</summary>
    private const int MostCommits = 50;

    private const string Uncommitted = "uncommitted-changes.patch";

    internal static readonly string[] PlainPatch =
        ["--binary", "--full-index", "--no-renames", "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/"];

    private readonly Dictionary<string, string> _places = new()
    {
        ["GIT_INDEX_FILE"] = Path.Combine(scratch, "index"),
        ["GIT_OBJECT_DIRECTORY"] = Path.Combine(scratch, "objects"),
    };

    /// <summary>Writes the patches and a <c>series</c> file that names them into an empty folder.</summary>
    /// <returns>How many there are; 0 when the tree is its base.</returns>
    /// <exception cref="KernelSourceException">git cannot read the repository.</exception>
    public async Task<int> WriteAsync(TreeBase onto, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(_places["GIT_OBJECT_DIRECTORY"]);
        var objects = (await RunAsync("Finding git's objects", ["rev-parse", "--path-format=absolute", "--git-path", "objects"],
            new Dictionary<string, string>(), cancellation)).Trim();
        _places["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = objects;

        var head = (await RunAsync("Reading HEAD", ["rev-parse", "HEAD"], _places, cancellation)).Trim();
        var current = await TreeAsync(cancellation);
        List<string> patches = [];
        var from = onto.Commit;
        if (await AreMailsAsync(onto, cancellation))
        {
            await RunAsync("Writing the commits as mails",
                ["format-patch", .. PlainPatch, "--no-stat", "--no-signature", "--no-attach", "--no-thread", "--no-cover-letter",
                    "--no-notes", "--subject-prefix=PATCH", "--quiet", "--output-directory", folder, $"{onto.Commit}..{head}"],
                _places, cancellation);
            patches.AddRange(Directory.EnumerateFiles(folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal));
            from = head;
        }

        var rest = Path.Combine(folder, Uncommitted);
        await git.WriteAsync("Comparing the tree with its commits", ["diff-tree", "-p", .. PlainPatch, from, current], _places, rest,
            cancellation);
        if (new FileInfo(rest).Length > 0)
            patches.Add(Uncommitted);
        else
            File.Delete(rest);
        await File.WriteAllTextAsync(Path.Combine(folder, "series"), string.Concat(patches.Select(patch => patch + "\n")), cancellation);
        return patches.Count;
    }

    private Task<string> RunAsync(
        string what, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> places, CancellationToken cancellation) =>
        git.RunAsync(what, arguments, places, cancellation);

    /// <summary>Commits in one line on top of the base, and not too many. A merge cannot be sent as a mail.</summary>
    private async Task<bool> AreMailsAsync(TreeBase onto, CancellationToken cancellation)
    {
        var range = $"{onto.Commit}..HEAD";
        return await git.AskAsync(["merge-base", "--is-ancestor", onto.Commit, "HEAD"], cancellation) is not null
            && await CountAsync(["rev-list", "--count", range], cancellation) is > 0 and <= MostCommits
            && await CountAsync(["rev-list", "--count", "--merges", range], cancellation) == 0;
    }

    private async Task<int> CountAsync(IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        int.Parse(await RunAsync("Counting commits", arguments, _places, cancellation), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The tree as its files are now, as an object of git's.</summary>
    private async Task<string> TreeAsync(CancellationToken cancellation)
    {
        var scan = await TreeScan.OfAsync(tree, caches: null, cancellation);
        var committed = await CommittedFiles.OfAsync(git, "HEAD", cancellation)
            ?? throw new KernelSourceException($"git cannot list the files of the last commit of {tree}; 'git -C {tree} fsck' says more.");
        if (!committed.AreComparable)
            throw new KernelSourceException($"{tree}: a repository of SHA-256 names cannot be compared yet; use one of SHA-1.");
        await RunAsync("Reading the last commit", ["read-tree", "HEAD"], _places, cancellation);
        var ofGit = NewFiles.Read(await RunAsync("Listing new files", NewFiles.Question(committed), _places, cancellation));
        List<TreeFile> changed = [.. scan.Manifest.Files.Values
            .Where(file => !committed.Has(file, scan.Blobs[file.Path]) && (committed.Contains(file.Path) || ofGit.Contains(file.Path)))];

        return await new StoredTree(git, _places, tree).WriteAsync(changed, committed.GoneFrom(scan), cancellation);
    }
}
