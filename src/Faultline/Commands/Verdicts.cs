using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness.Guest;
using Faultline.Harness.Report;

namespace Faultline.Cli.Commands;

/// <summary>What <c>run</c> and <c>test</c> share: options to request, and the run itself.</summary>
internal static class Verdicts
{
    public static RunOptions Options(ParseResult parsed) => new()
    {
        Filters = parsed.GetValue(CommonOptions.Filter) is { } filter ? [filter] : [],
        Accelerator = Accelerator(parsed),
        Deadlines = Deadlines(parsed),
        Fresh = parsed.GetValue(CommonOptions.Fresh),
    };

    public static AcceleratorChoice Accelerator(ParseResult parsed) =>
        Enum.Parse<AcceleratorChoice>(parsed.GetValue(CommonOptions.Accelerator)!, ignoreCase: true);

    private static Deadlines Deadlines(ParseResult parsed)
    {
        TimeSpan? Given(Option<int?> option) => parsed.GetValue(option) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return new Deadlines { Boot = Given(CommonOptions.BootTimeout), Run = Given(CommonOptions.Timeout) };
    }

    public static async Task<int> RunAsync(ParseResult parsed, MainRunRequest request, CancellationToken cancellation)
    {
        using var alone = await CheckoutLock.TakeAsync(request.Selection.Checkout, parsed.GetValue(CommonOptions.Json), cancellation);
        var report = await ProgressDisplay.RunAsync(
            parsed.GetValue(CommonOptions.Json), progress => new MainRun(request, progress, cancellation).RunAsync());
        Print(parsed, report, request.ReportFolder);
        return report.ExitCode;
    }

    private static void Print(ParseResult parsed, RunReport report, string folder)
    {
        if (parsed.GetValue(CommonOptions.Json))
        {
            Console.Out.Write(File.ReadAllText(Path.Combine(folder, "results.json")));
            return;
        }

        VerdictSummary.Print(Consoles.Out, report, folder);
    }
}
