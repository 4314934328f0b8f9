using System.Diagnostics;
using Faultline.Harness.Judging;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Report;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>The main job: from a plan to verdicts and a report.</summary>
internal sealed class MainRun(MainRunRequest request, IProgress<HarnessEvent> progress, CancellationToken cancellation)
{
    public async Task<RunReport> RunAsync()
    {
        var started = DateTimeOffset.UtcNow;
        var clock = Stopwatch.StartNew();
        var checkout = request.Selection.Checkout;
        var said = RunArgument.Read(checkout);
        var facts = await RunOrigin.BeginAsync(checkout, request.Words, cancellation);
        using var engine = new LazyEngine();
        await using var runner = new Runner(request.Plan, request.Options, checkout, engine, progress, cancellation);
        var figures = RunArgument.FindFiguresAsync(checkout);
        var outcomes = await runner.RunAsync();

        using var phase = new PhaseScope(progress, "report", Phase.Report, "", cancellation: cancellation);
        var control = outcomes.FirstOrDefault(outcome => outcome.Planned.Variant.Role == VariantRole.Control);
        var kernels = new List<KernelReport>();
        foreach (var outcome in outcomes)
        {
            var untold = KernelReports.Of(outcome, control);
            var told = await RunOrigin.AddToAsync(untold, outcome.Prepared, request.Selection.Tree, cancellation);
            kernels.Add(await PlaceAsync(told, outcome.Prepared, new TraceDecoder(checkout, engine.ConnectAsync)));
        }

        var report = RunReport.Of(kernels, started, Math.Round(clock.Elapsed.TotalSeconds, 3))
            with { Run = RunOrigin.End(facts, engine.Version, runner.Qemu) };
        report = RunArgument.AddTo(report, said, outcomes, await figures);
        report = ReportWriter.Write(report, [.. outcomes.SelectMany(KernelReports.LogsOf)], request.ReportFolder);
        phase.Succeed(reason: Path.Combine(request.ReportFolder, "index.html"));
        runner.RemoveUnusedSuites();
        return report;
    }

    /// <summary>A crash that was found by this build of the kernel is told with the lines of its source.</summary>
    private async Task<KernelReport> PlaceAsync(KernelReport report, PreparedKernel prepared, TraceDecoder decoder) =>
        report is { Verdict: VerdictKind.Crashed, Excerpt: { } trace } && prepared is { Kernel: { } built, Planned.Request: { } request }
            ? report with { Excerpt = await decoder.DecodeAsync(built, request, trace, cancellation) } : report;
}
