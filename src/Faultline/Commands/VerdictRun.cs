using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness.Progress;
using Faultline.Harness.Report;

namespace Faultline.Cli.Commands;

/// <summary>What <c>run</c> and <c>test</c> share: the run under the checkout's lock, and its verdict printed.</summary>
internal static class VerdictRun
{
    public static Task<int> RunAsync(ParseResult parsed, MainRunRequest request, CancellationToken cancellation) =>
        parsed.GetValue(TestListOption.Option) ? ListAsync(parsed, _ => Task.FromResult(request), cancellation)
            : RunAsync(parsed, request.Selection, _ => Task.FromResult(request), cancellation);

    /// <summary>
    /// Names what would run. Nobody has to wait for a run that is at work: what a listing writes has locks for itself, as long as
    /// <paramref name="plan"/> writes nothing.
    /// </summary>
    public static async Task<int> ListAsync(
        ParseResult parsed, Func<IProgress<HarnessEvent>, Task<MainRunRequest>> plan, CancellationToken cancellation)
    {
        var json = parsed.GetValue(CommonOptions.Json);
        return TestListOption.Print(await ProgressDisplay.RunAsync(json, async progress =>
            await TestListing.OfAsync(await plan(progress), progress, cancellation)), json);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="selection">Of what is to be run.</param>
    /// <param name="plan">Finds out what to run, where that takes its time.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<int> RunAsync(
        ParseResult parsed, Selection selection, Func<IProgress<HarnessEvent>, Task<MainRunRequest>> plan, CancellationToken cancellation)
    {
        var json = parsed.GetValue(CommonOptions.Json);
        using var checkoutLock = await CheckoutLock.TakeAsync(selection.Checkout, json, cancellation);
        var (report, folder) = await ReportAsync(
            CommandWords.Of(parsed), plan, ReportPlace.Read(parsed), json, standing: "", cancellation);
        Print(json, report, folder);
        return report.ExitCode;
    }

    /// <summary>The run and its report; the caller holds the checkout's lock.</summary>
    /// <param name="words">The command that would give this report again.</param>
    /// <param name="plan">Finds out what to run.</param>
    /// <param name="place">Where the report goes; null for where the plan puts it.</param>
    /// <param name="json">Whether progress is told as JSON lines.</param>
    /// <param name="standing">Stays on the terminal's status line while it runs.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Task<(RunReport Report, string Folder)> ReportAsync(
        CommandWords words, Func<IProgress<HarnessEvent>, Task<MainRunRequest>> plan, string? place, bool json, string standing,
        CancellationToken cancellation) => ProgressDisplay.RunAsync(
        json,
        async progress =>
        {
            var request = await plan(progress);
            request = request with
            {
                ReportFolder = place ?? request.ReportFolder,
                Words = words.With(request.Options).All,
            };
            // Told before anything can go wrong, because it says how to see that again.
            if (request.Options.Rounds.Seed is { } seed)
                Consoles.Error.WriteLine($"faultline: --shuffle {seed}");
            return (await new MainRun(request, progress, cancellation).RunAsync(), request.ReportFolder);
        },
        standing);

    private static void Print(bool json, RunReport report, string folder)
    {
        if (json)
            Console.Out.Write(File.ReadAllText(Path.Combine(folder, "results.json")));
        else
            VerdictSummary.Print(Consoles.Out, report, folder);
    }
}
