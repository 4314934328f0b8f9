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
        RunAsync(parsed, request.Selection, _ => Task.FromResult(request), cancellation);

    /// <param name="parsed">The command line; with <c>--list</c> nothing runs.</param>
    /// <param name="selection">Of what is to be run.</param>
    /// <param name="plan">Finds out what to run, where that takes its time.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<int> RunAsync(
        ParseResult parsed, Selection selection, Func<IProgress<HarnessEvent>, Task<MainRunRequest>> plan, CancellationToken cancellation)
    {
        var json = parsed.GetValue(CommonOptions.Json);
        using var checkoutLock = await CheckoutLock.TakeAsync(selection.Checkout, json, cancellation);
        if (parsed.GetValue(TestListOption.Option))
        {
            return TestListOption.Print(await ProgressDisplay.RunAsync(json, async progress =>
                await TestListing.OfAsync(await plan(progress), progress, cancellation)), json);
        }

        var place = ReportPlace.Read(parsed);
        var (report, folder) = await ProgressDisplay.RunAsync(json, async progress =>
        {
            var request = await plan(progress);
            request = request with
            {
                ReportFolder = place ?? request.ReportFolder,
                Words = CommandWords.Of(parsed).With(request.Options).All,
            };
            // Told before anything can go wrong, because it says how to see that again.
            if (request.Options.Rounds.Seed is { } seed)
                Consoles.Error.WriteLine($"faultline: --shuffle {seed}");
            return (await new MainRun(request, progress, cancellation).RunAsync(), request.ReportFolder);
        });
        Print(json, report, folder);
        return report.ExitCode;
    }

    private static void Print(bool json, RunReport report, string folder)
    {
        if (json)
            Console.Out.Write(File.ReadAllText(Path.Combine(folder, "results.json")));
        else
            VerdictSummary.Print(Consoles.Out, report, folder);
    }
}
