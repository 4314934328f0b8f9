using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness.Report;

namespace Faultline.Cli.Commands;

/// <summary>What <c>run</c> and <c>test</c> share: the run under the checkout's lock, and its verdict printed.</summary>
internal static class VerdictRun
{
    public static async Task<int> RunAsync(ParseResult parsed, MainRunRequest request, CancellationToken cancellation)
    {
        using var checkoutLock = await CheckoutLock.TakeAsync(request.Selection.Checkout, parsed.GetValue(CommonOptions.Json),
            cancellation);
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
