using System.Text;
using System.Text.RegularExpressions;
using Faultline.Harness.Sources.Trees;
using Faultline.Machine;

namespace Faultline.Harness.Sources.Bisecting;

/// <summary>
/// git's bisection in a repository next to the results, which borrows the objects of the user's: that one is only read. What was
/// answered stays there, so that a bisection goes on where it was left.
/// </summary>
/// <param name="tree">The user's checkout.</param>
/// <param name="home">The folder of the bisection.</param>
internal sealed partial class BisectRepository(string tree, string home)
{
    private const string Good = "good", Bad = "bad", Skip = "skip";
    private static readonly Dictionary<string, string> Nowhere = [];
    private readonly string _repository = Path.Combine(home, "bisect.git");
    private readonly string _question = Path.Combine(home, "question");
    private TreeGit? _git;

    private TreeGit Git => _git ??= TreeGit.Require(_repository, "to bisect");

    private TreeGit Users => TreeGit.Require(tree, "to bisect");

    /// <summary>The full name of a commit of the user's.</summary>
    /// <exception cref="KernelSourceException">There is none of that name.</exception>
    public async Task<string> CommitAsync(string revision, CancellationToken cancellation) =>
        (await Users.AskAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], cancellation))?.Trim()
        ?? throw new KernelSourceException(
            $"{revision}: {tree} has no such commit. Name a tag, a branch or a hash that 'git -C {tree} rev-parse' knows.");

    /// <summary>Whether a commit descends from another one.</summary>
    public async Task<bool> DescendsAsync(string commit, string ancestor, CancellationToken cancellation) =>
        await Users.AskAsync(["merge-base", "--is-ancestor", ancestor, commit], cancellation) is not null;

    /// <summary>Hash, subject, author and day of a commit, in a line.</summary>
    public async Task<string> DescribeAsync(string commit, CancellationToken cancellation) =>
        (await Users.AskAsync(
            ["show", "--no-patch", "--format=%h %s (%an, %ad)", "--date=short", "--abbrev=12", commit], cancellation))?.Trim() ?? commit;

    /// <summary>Begins, or goes on with what was begun for the same question.</summary>
    /// <param name="good">A full commit name.</param>
    /// <param name="bad">The same.</param>
    /// <param name="question">What is asked of each commit, in words that are the same when it is the same.</param>
    /// <returns>Whether it goes on.</returns>
    public async Task<bool> BeginAsync(string good, string bad, string question, CancellationToken cancellation)
    {
        var asked = $"{good}\n{bad}\n{question}\n";
        if (File.Exists(_question) && await File.ReadAllTextAsync(_question, cancellation) == asked)
            return true;
        Forget();
        Directory.CreateDirectory(_repository);
        await Git.RunAsync("Making a repository to bisect in", ["init", "--quiet", "--bare", "."], Nowhere, cancellation);
        var objects = (await PathAsync("objects", cancellation))!;
        Directory.CreateDirectory(Path.Combine(_repository, "objects", "info"));
        await File.WriteAllTextAsync(Path.Combine(_repository, "objects", "info", "alternates"), objects + "\n", cancellation);
        // Where the history of a shallow clone ends.
        if (await PathAsync("shallow", cancellation) is { } shallow && File.Exists(shallow))
            File.Copy(shallow, Path.Combine(_repository, "shallow"));
        // git goes back there when it is told to stop, and does not begin without.
        await Git.RunAsync("Beginning to bisect", ["update-ref", "--no-deref", "HEAD", bad], Nowhere, cancellation);
        await Git.RunAsync("Beginning to bisect", ["bisect", "start", "--no-checkout", bad, good], Nowhere, cancellation);
        WholeFile.Write(_question, asked);
        return false;
    }

    /// <summary>Removes everything that was begun.</summary>
    public void Forget()
    {
        if (!Directory.Exists(home))
            return;
        File.Delete(_question);
        if (Directory.Exists(_repository))
            Directory.Delete(_repository, recursive: true);
        if (Directory.Exists(Answers))
            Directory.Delete(Answers, recursive: true);
    }

    public async Task<BisectStep> NextAsync(CancellationToken cancellation)
    {
        var log = await Git.RunAsync("Reading what is bisected", ["bisect", "log"], Nowhere, cancellation);
        if (FirstBad().Match(log) is { Success: true } found)
            return new BisectStep(null, found.Groups[1].Value, [], "");
        if (Suspect().Matches(log) is { Count: > 0 } suspects)
            return new BisectStep(null, null, [.. suspects.Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)], "");
        string[] head = ["rev-parse", "--verify", "BISECT_HEAD"];
        var next = (await Git.RunAsync("Looking for the next commit", head, Nowhere, cancellation)).Trim();
        var left = await Git.AskAsync(["bisect", "visualize", "--oneline", "--no-decorate"], cancellation);
        var count = left?.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length ?? 0;
        return new BisectStep(next, null, [], count == 0 ? "" : $"{count} {(count == 1 ? "commit is" : "commits are")} suspected");
    }

    /// <summary>Takes an answer down.</summary>
    public async Task AnswerAsync(string commit, BisectAnswer answer, CancellationToken cancellation)
    {
        Write(commit, answer.Told);
        var word = answer.Verdict switch { true => Good, false => Bad, null => Skip };
        // It ends with another code than 0 when only skipped commits are left, and says so in its log.
        _ = await Git.AskAsync(["bisect", word, commit], cancellation);
        if (!(await Git.RunAsync("Reading what is bisected", ["bisect", "log"], Nowhere, cancellation)).Contains(
            $"git bisect {word} {commit}", StringComparison.Ordinal))
            throw new KernelSourceException($"git did not take '{word}' for {commit} in {_repository}. Begin again with --restart.");
    }

    /// <summary>How many commits were tested, both ends among them, and how many could not be.</summary>
    public async Task<(int Tested, int Skipped)> CountAsync(CancellationToken cancellation)
    {
        var log = await Git.RunAsync("Reading what is bisected", ["bisect", "log"], Nowhere, cancellation);
        // The ends are not answered one by one: the bisection starts with them.
        return (2 + Answered().Count(log), Skipped().Count(log));
    }

    /// <summary>Whether a commit was asked.</summary>
    public bool Knows(string commit) => File.Exists(AnswerOf(commit));

    /// <summary>What was seen of a commit; empty when it was not tested.</summary>
    public IReadOnlyList<string> Told(string commit) => File.Exists(AnswerOf(commit)) ? File.ReadAllLines(AnswerOf(commit)) : [];

    /// <summary>Keeps what was seen of a commit.</summary>
    public void Write(string commit, IReadOnlyList<string> told)
    {
        Directory.CreateDirectory(Answers);
        WholeFile.Write(AnswerOf(commit), new StringBuilder().AppendJoin('\n', told).ToString());
    }

    private string Answers => Path.Combine(home, "answers");

    private string AnswerOf(string commit) => Path.Combine(Answers, commit);

    private async Task<string?> PathAsync(string name, CancellationToken cancellation) =>
        (await Users.AskAsync(["rev-parse", "--path-format=absolute", "--git-path", name], cancellation))?.Trim();

    [GeneratedRegex(@"^# first bad commit: \[([0-9a-f]+)\]", RegexOptions.Multiline)]
    private static partial Regex FirstBad();

    [GeneratedRegex(@"^# possible first bad commit: \[([0-9a-f]+)\]", RegexOptions.Multiline)]
    private static partial Regex Suspect();

    [GeneratedRegex("^git bisect (good|bad) ", RegexOptions.Multiline)]
    private static partial Regex Answered();

    [GeneratedRegex("^git bisect skip ", RegexOptions.Multiline)]
    private static partial Regex Skipped();
}
