using CliWrap;
using Faultline.AbiSources.Tools;

namespace Faultline.AbiSources.Headers;

/// <summary>A git checkout of the kernel, only read: no worktree is made, nothing is checked out.</summary>
internal sealed record GitTree(string Folder)
{
    /// <summary>What <c>make headers_install</c> reads, besides <c>arch/ARCH</c>.</summary>
    private static readonly string[] Needed = ["Makefile", "Kbuild", "include/uapi", "include/linux", "scripts", "tools/include", "usr/include", "usr/Makefile"];

    /// <summary>The commit a revision name stands for.</summary>
    /// <exception cref="SideException">The folder is no git repository, or has no such commit.</exception>
    public async Task<string> ResolveAsync(string revision, CancellationToken cancellation)
    {
        if (!Directory.Exists(Folder))
            throw new SideException($"--git {Folder}: no such directory.");
        try
        {
            return (await GitAsync($"find {revision}", ["rev-parse", "--quiet", "--verify", revision + "^{commit}"], cancellation)).Trim();
        }
        catch (ToolFailedException failure)
        {
            var reason = failure.Tail.Length > 0 ? failure.Tail : $"git knows no commit of that name; 'git -C {Folder} fetch --tags' may bring it, and a file is written with its path (./{revision})";
            throw new SideException($"{revision} is not a revision of {Folder}: {reason}.", failure);
        }
    }

    /// <summary>Unpacks of one commit what its headers are made from.</summary>
    public async Task UnpackAsync(string commit, string arch, string into, CancellationToken cancellation)
    {
        var wanted = Needed.Append($"arch/{arch}").ToList();
        var listed = await GitAsync($"list {commit}", ["ls-tree", "--name-only", commit, "--", .. wanted], cancellation);
        var there = listed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (!there.Contains("include/uapi"))
            throw new SideException($"{commit} of {Folder} has no include/uapi: it is no kernel, or older than 3.7, when that directory came to be.");
        var files = new GitFiles(await GitAsync($"list {commit}", ["ls-tree", "-r", "-z", commit, "--", .. there], cancellation));
        // Not "git archive": attributes and filters of the user's would change what it gives, and the result is kept as the commit's.
        await Tool.Git.RunAsync(
            $"read {commit} of {Folder}", ["-C", Folder, "cat-file", "--batch"], PipeSource.FromString(files.Request),
            PipeTarget.Create((stream, token) => files.WriteAsync(stream, into, token)), cancellation);
    }

    /// <summary>The commits of a range that changed some headers, with what they changed: see <see cref="BlameLog"/>.</summary>
    public Task<string> LogAsync(
        string from, string to, string arch, IEnumerable<string> headers, CancellationToken cancellation) => GitAsync(
        $"list {from}..{to}",
        [
            "log", "-p", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", $"--format={BlameLog.Mark}%h %s",
            $"{from}..{to}", "--",
            .. headers.SelectMany(header => new[] { $"include/uapi/{header}", $"arch/{arch}/include/uapi/{header}" }),
        ],
        cancellation);

    private Task<string> GitAsync(string what, IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        Tool.Git.RunAsync($"{what} in {Folder}", ["-C", Folder, .. arguments], cancellation);
}
