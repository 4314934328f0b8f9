using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness.Series;
using Spectre.Console;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline kernel check</c>: what a maintainer would ask of a series before reading it.</summary>
internal static class KernelCheckCommand
{
    /// <summary>Columns of the outcome, and what is told of it begins a little further right.</summary>
    private const int Indent = 14;

    private static readonly Option<bool> Whole = new("--whole")
    {
        Description = "with an option off, build the whole kernel, not only what the series can have broken; minutes instead of seconds",
    };

    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "leave out what takes minutes: sparse and W=1, other machines, booting the tree after each patch",
    };

    public static Command Create()
    {
        var command = new Command(
            "check", "check a series patch by patch: applies, checkpatch --strict, sparse and W=1, builds, uapi headers compile, boots; "
                + "then the last tree with its config options off, and for other machines")
        {
            CommonOptions.Variant, CommonOptions.Patches, CommonOptions.Tree, CommonOptions.Config, Quick, Whole, CommonOptions.Accelerator, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command.With(
            "faultline kernel check",
            "faultline kernel check --quick --variant wp-unpopulated",
            "faultline kernel check --variant wp-unpopulated --whole",
            "faultline kernel check --variants ~/my-variants --variant my-variant --json | jq '.series[].checks[] | select(.outcome != \"ok\")'");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var selection = SelectionOptions.Read(parsed);
        var variants = selection.Named.Count > 0 ? selection.Named : selection.Variants;
        if (variants.FirstOrDefault(v => v.Series.Patches.Count == 0) is { } bare)
            throw new UsageException($"{bare.Name} has no series: nothing to check. "
                + $"A series is the patches in {bare.Folder}, in the order of the file 'series' if there is one (linux-patch/README.md).");
        var json = parsed.GetValue(CommonOptions.Json);
        using var checkoutLock = await CheckoutLock.TakeAsync(selection.Checkout, json, cancellation);
        var reports = await ProgressDisplay.RunAsync(json, async progress =>
        {
            using var engine = new LazyEngine();
            var checker = new SeriesChecker(selection.Checkout, engine.ConnectAsync);
            await using var boots = new TreeBoots(selection, engine, SuiteOptions.Accelerator(parsed), progress, cancellation);
            var done = new List<SeriesReport>();
            foreach (var variant in variants)
            {
                var request = SeriesCheckRequest.For(variant, selection.Request(variant), parsed.GetValue(Whole), parsed.GetValue(Quick));
                var report = await checker.CheckAsync(request, progress, cancellation);
                done.Add(report with { Checks = [.. report.Checks, .. await boots.RunAsync(variant, report.Trees)] });
            }

            return done;
        });
        if (json)
            Console.Out.Write(SeriesJson.Write(reports));
        else
            Print(reports);
        return SeriesReport.ExitCodeOf(reports);
    }

    private static void Print(List<SeriesReport> reports)
    {
        var console = Consoles.Out;
        var indent = new string(' ', console.IndentThatFits(Indent));
        foreach (var report in reports)
        {
            console.WriteLine();
            console.WriteLine($"{report.Name} on {report.Source} ({report.SourceVersion})");
            foreach (var check in report.Checks)
            {
                console.Write($"  {check.Outcome.ToString().ToLowerInvariant(),-10}", new Style(ColourOf(check.Outcome)));
                console.WriteLine($" {check.Kind.Describe(check.Subject)}{(check.Summary.Length > 0 ? $": {check.Summary}" : "")}", Indent, used: Indent - 2);
                foreach (var detail in check.Details.Take(12))
                    console.WriteLine($"{indent}{detail}", Indent);
                if (check.ExitCode != 0 && check.LogPath is { } log)
                    console.WriteLine($"{indent}{(check.Details.Count > 12 ? $"… and {check.Details.Count - 12} more; " : "")}log: {log}", Indent);
            }
        }

        var checks = reports.SelectMany(r => r.Checks).ToList();
        var counts = checks.GroupBy(c => c.Outcome).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key.ToString().ToLowerInvariant()}");
        console.WriteLine();
        console.WriteLine($"{checks.Count} checks: {string.Join(", ", counts)} (exit {SeriesReport.ExitCodeOf(reports)})");
    }

    private static Color ColourOf(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Ok => Color.Green,
        CheckOutcome.Skipped => Color.Grey,
        CheckOutcome.Complaint => Color.Yellow,
        _ => Color.Red,
    };
}
