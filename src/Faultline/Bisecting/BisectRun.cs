using Faultline.Cli.Commands;
using Faultline.Cli.Terminal;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources.Bisecting;

namespace Faultline.Cli.Bisecting;

/// <summary>Asks one commit after the other, as git chooses them, until the first bad one is known.</summary>
/// <param name="repository">Where answers are kept.</param>
/// <param name="question">What is asked.</param>
/// <param name="json">Whether the result is wanted as JSON.</param>
internal sealed class BisectRun(BisectRepository repository, IBisectQuestion question, bool json, CancellationToken cancellation)
{
    /// <param name="good">What the user calls the good end.</param>
    /// <param name="bad">The same of the bad end.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string good, string bad)
    {
        var (first, last) = (await repository.CommitAsync(good, cancellation), await repository.CommitAsync(bad, cancellation));
        if (first == last || !await repository.DescendsAsync(last, first, cancellation))
            throw new UsageException($"{bad} does not descend from {good}: none between them can be the first bad one. GOOD comes first.");
        if (await repository.BeginAsync(first, last, question.Words, cancellation))
            Consoles.Error.WriteLine("faultline: going on with the bisection that was begun (--restart forgets it)");
        var before = await EndAsync(first, good);
        var after = await EndAsync(last, bad);
        if (question.Judge(before, after).Verdict == true)
        {
            Consoles.Error.WriteLine($"faultline: {bad} shows what {good} shows ({question.Words}): there is nothing to bisect");
            Lines("  ", before);
            return ExitCodes.Vacuous;
        }

        BisectStep step;
        while ((step = await repository.NextAsync(cancellation)).Next is { } next)
        {
            var title = await repository.DescribeAsync(next, cancellation);
            Consoles.Error.WriteLine($"faultline: {(step.Left.Length > 0 ? $"{step.Left}; " : "")}testing {title}");
            var (shown, reason) = await AskAsync(next, title);
            var answer = shown is null ? new BisectAnswer(null, [reason]) : question.Judge(before, shown);
            Consoles.Error.WriteLine(
                $"faultline: {(answer.Verdict switch { true => "good", false => "bad", null => $"skipped: {reason}" })}", hanging: 4);
            await repository.AnswerAsync(next, answer, cancellation);
        }

        return await TellAsync(step, before, good);
    }

    private async Task<IReadOnlyList<string>> EndAsync(string commit, string name)
    {
        // Of a header that does not differ there is nothing to tell, so that the file alone says that it was asked.
        if (repository.Knows(commit))
            return repository.Told(commit);
        Consoles.Error.WriteLine($"faultline: testing {name}, an end of the range");
        var (shown, reason) = await AskAsync(commit, name);
        if (shown is null)
            throw new UsageException($"{name} cannot be tested, and without both ends there is nothing to compare: {reason}");
        repository.Write(commit, shown);
        return shown;
    }

    private Task<(IReadOnlyList<string>? Shown, string Reason)> AskAsync(string commit, string name) => ProgressDisplay.RunAsync(
        json, progress => question.AskAsync(commit, name, progress, cancellation));

    private async Task<int> TellAsync(BisectStep end, IReadOnlyList<string> before, string good)
    {
        var (tested, skipped) = await repository.CountAsync(cancellation);
        var after = end.Found is null ? [] : repository.Told(end.Found);
        var title = end.Found is null ? null : await repository.DescribeAsync(end.Found, cancellation);
        if (json)
        {
            Console.Out.Write(JsonResults.Of(new BisectResult(
                "faultline-bisect/1", end.Found, title, end.Suspects, question.Words, before, after, tested, skipped)));
            return end.Found is null ? ExitCodes.Vacuous : ExitCodes.Ok;
        }

        if (end.Found is null)
        {
            Consoles.Out.WriteLine($"one of these {end.Suspects.Count} commits, of which none could be tested but the last:");
            foreach (var suspect in end.Suspects)
                Consoles.Out.WriteLine($"  {await repository.DescribeAsync(suspect, cancellation)}", hanging: 4);
            return ExitCodes.Vacuous;
        }

        Consoles.Out.WriteLine($"first bad commit: {title}");
        Consoles.Out.WriteLine($"  {good}:");
        // Rows that were asked and did not change say nothing.
        Lines("    ", before.Count == 0 ? ["nothing over the bar"] : [.. before.Except(after)]);
        Consoles.Out.WriteLine("  this commit:");
        Lines("    ", [.. after.Except(before)]);
        Consoles.Out.WriteLine($"{tested} commits tested with both ends, {skipped} skipped");
        return ExitCodes.Ok;
    }

    private static void Lines(string indent, IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
            Consoles.Out.WriteLine(indent + line, hanging: indent.Length + 2);
    }
}
