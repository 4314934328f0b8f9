using System.Globalization;

namespace Faultline.Harness.Sources.Trees;

/// <summary>The commit that a developer's work stands on.</summary>
/// <param name="Commit">Its full name.</param>
/// <param name="Name">As a person knows it: <c>v6.12</c>, <c>origin/master</c>, or the beginning of the full name.</param>
internal sealed record TreeBase(string Commit, string Name)
{
    private const int ShortLength = 12;

    /// <summary>More commits than this are not the work of a developer, but a project's.</summary>
    private const int LongestWork = 1000;

    private const string Tracked = "@{upstream}";

    /// <summary>The branches that are taken for upstream, the first that exists.</summary>
    private static readonly string[] Upstreams =
        [Tracked, "refs/remotes/origin/HEAD", "refs/remotes/origin/master", "refs/remotes/origin/main"];

    /// <summary>
    /// The commit asked for; else the last one that the work shares with the upstream branch, which is not the branch's own copy at a
    /// remote; else the last release that it stands on; else the first commit of a short history.
    /// </summary>
    /// <param name="asked">A revision of the tree's repository; null to look for one.</param>
    /// <exception cref="KernelSourceException">No such commit is known, or none can be found.</exception>
    public static async Task<TreeBase> FindAsync(TreeGit git, string folder, string? asked, CancellationToken cancellation)
    {
        if (await CommitAsync(git, "HEAD", cancellation) is not { } head)
        {
            // A repository that git cannot read for another reason has a commit all the same.
            var words = await git.WordsAsync(["rev-parse", "--verify", "HEAD"], cancellation);
            throw new KernelSourceException(
                $"{folder} is not the top of a git checkout with a commit in it{(words.Length > 0 ? $" (git: {words})" : "")}, so nothing "
                + "unpatched is known to compare it with. "
                + "Name a folder that holds the unpatched source with --base DIR, commit it in the tree (git init && git add -f . && git "
                + "commit), or test a series of patches (docs/getting-started.md).");
        }

        if (asked is not null)
            return await CommitAsync(git, asked, cancellation) is { } commit ? new(commit, asked) : throw new KernelSourceException(
                $"--base {asked}: {folder} has no such commit. Name a tag, a branch or a hash that 'git -C {folder} rev-parse' knows, "
                + "or the folder of an unpatched source tree.");
        // A branch that was pushed tracks its own copy, which holds the work as well.
        var isCopy = await IsCopyAsync(git, cancellation);
        foreach (var upstream in Upstreams.Where(upstream => !isCopy || upstream != Tracked))
        {
            if (await git.AskAsync(["merge-base", "HEAD", upstream], cancellation) is { } common)
                return new(common.Trim(), await NameOfAsync(git, common.Trim(), cancellation));
        }

        if (await git.AskAsync(["describe", "--tags", "--abbrev=0", "--match", "v[0-9]*", head], cancellation) is { } tag
            && await CommitAsync(git, tag.Trim(), cancellation) is { } release)
            return new(release, tag.Trim());
        if (isCopy && await git.AskAsync(["merge-base", "HEAD", Tracked], cancellation) is { } pushed)
            return new(pushed.Trim(), await NameOfAsync(git, pushed.Trim(), cancellation));
        return await ImportAsync(git, cancellation) ?? throw new KernelSourceException(
            $"{folder} has neither an upstream branch nor a release's tag below its last commit: say with --base REV what your work "
            + "stands on.");
    }

    /// <summary>
    /// The first commit of a short history: the source as it came, of a package or an archive. Null where the history goes back further
    /// than anybody's work, or has several first commits.
    /// </summary>
    private static async Task<TreeBase?> ImportAsync(TreeGit git, CancellationToken cancellation)
    {
        var count = await git.AskAsync(["rev-list", "--count", $"--max-count={LongestWork + 1}", "HEAD"], cancellation);
        if (!int.TryParse(count?.Trim(), CultureInfo.InvariantCulture, out var commits) || commits > LongestWork)
            return null;
        var roots = (await git.AskAsync(["rev-list", "--max-parents=0", "HEAD"], cancellation))?.Trim().Split('\n') ?? [];
        return roots is [{ Length: > 0 } only] ? new(only, await NameOfAsync(git, only, cancellation)) : null;
    }

    /// <summary>Whether the branch that is tracked has, at its remote, the name of the branch itself.</summary>
    private static async Task<bool> IsCopyAsync(TreeGit git, CancellationToken cancellation) =>
        (await git.AskAsync(["rev-parse", "--abbrev-ref", Tracked], cancellation))?.Trim() is { } tracked
        && (await git.AskAsync(["symbolic-ref", "--quiet", "--short", "HEAD"], cancellation))?.Trim() is { } own
        && tracked.EndsWith("/" + own, StringComparison.Ordinal);

    private static async Task<string?> CommitAsync(TreeGit git, string revision, CancellationToken cancellation) =>
        (await git.AskAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], cancellation))?.Trim();

    private static async Task<string> NameOfAsync(TreeGit git, string commit, CancellationToken cancellation) =>
        (await git.AskAsync(["describe", "--tags", "--exact-match", commit], cancellation))?.Trim() ?? commit[..ShortLength];
}
