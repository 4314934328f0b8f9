using System.CommandLine;
using Faultline.Cli.Terminal;
using Faultline.Harness.Report;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline diff-runs</c>: what is not in one run as in another.</summary>
internal static class DiffRunsCommand
{
    /// <summary>Something got worse.</summary>
    private const int Worse = 1;

    private static readonly Argument<string> Before = new("BEFORE")
    {
        Description = "a report: the folder that a run wrote, or its results.json",
    };

    private static readonly Argument<string> After = new("AFTER") { Description = "the report that is compared with it" };

    public static Command Create()
    {
        var command = new Command(
            "diff-runs", "compare two reports: verdicts, tests, observations, times; exit 1 when something got worse")
        {
            Before, After, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command.With(
            "faultline diff-runs artifacts/reports/2026-11-24T010203Z-run-pass artifacts/report",
            "faultline diff-runs yesterday/results.json today/results.json --json | jq '.differences[] | select(.worse)'");
    }

    private static int Run(ParseResult parsed)
    {
        var (beforeFolder, before) = ReportArchive.Named(parsed.GetValue(Before)!);
        var (afterFolder, after) = ReportArchive.Named(parsed.GetValue(After)!);
        var pairs = RunComparison.Pairs(before, after);
        var differences = RunComparison.Of(before, after);
        var code = pairs.Count == 0 ? ExitCodes.Vacuous : differences.Any(difference => difference.IsWorse) ? Worse : ExitCodes.Ok;
        if (parsed.GetValue(CommonOptions.Json))
            Console.Out.Write(JsonResults.Of(beforeFolder, afterFolder, code, [.. pairs.Select(pair => pair.After.Name)], differences));
        else
            Print(beforeFolder, afterFolder, code, differences);
        if (pairs.Count == 0)
        {
            Consoles.Error.WriteLine("faultline: the two runs have no kernel in common, so nothing was compared. "
                + "One of a tree or with --config is another kernel than the plain one.");
        }

        return code;
    }

    private static void Print(string before, string after, int code, IReadOnlyList<RunDifference> differences)
    {
        var console = Consoles.Out;
        console.WriteLine($"{before} -> {after}");
        foreach (var difference in differences.OrderByDescending(difference => difference.IsWorse))
            console.WriteLine($"  {Word(difference),-11} {difference.Change}", hanging: 14);
        var worse = differences.Count(difference => difference.IsWorse);
        console.WriteLine(differences.Count == 0 && code == ExitCodes.Ok ? "no difference (exit 0)"
            : $"{differences.Count} {(differences.Count == 1 ? "difference" : "differences")}, {worse} worse (exit {code})");
    }

    private static string Word(RunDifference difference) => difference switch
    {
        { IsWorse: true } => "worse",
        { Kind: RunDifferenceKind.Verdict or RunDifferenceKind.Outcome } => "better",
        { Kind: var kind } => kind.ToString().ToLowerInvariant(),
    };
}
