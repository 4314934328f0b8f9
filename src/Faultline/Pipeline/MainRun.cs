using System.Diagnostics;
using Faultline.Harness.Guest;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Report;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Pipeline;

/// <summary>What to do with the selected kernels.</summary>
/// <param name="Kernels">To build and test, control first.</param>
/// <param name="Controls">Variants whose suite must fail on the control; empty when the control is not part of the run.</param>
internal sealed record MainRunRequest(
    Selection Selection, IReadOnlyList<Variant> Kernels, IReadOnlyList<Variant> Controls, IReadOnlyList<string> Filters,
    AcceleratorChoice Accelerator, bool Fresh, string ReportFolder);

/// <summary>The main job: from series to verdict, for several kernels side by side.</summary>
internal sealed class MainRun(MainRunRequest request, IProgress<HarnessEvent> progress, CancellationToken cancellation)
{
    private readonly Workspace _workspace = request.Selection.Workspace;
    private readonly List<KernelOutcome> _outcomes = [];

    public async Task<RunReport> RunAsync()
    {
        var started = DateTimeOffset.UtcNow;
        var clock = Stopwatch.StartNew();
        using var engine = new LazyEngine();
        using var suite = new GuestSuite(_workspace, engine.ConnectAsync, request.Accelerator, request.Fresh);

        // Building and publishing use every core; guests run afterwards, so that no test competes with a compiler for its deadline.
        var builder = new KernelBuilder(_workspace.Layout, engine.ConnectAsync);
        var publisher = new PayloadPublisher(_workspace);
        foreach (var variant in request.Kernels)
            _outcomes.Add(await PrepareAsync(variant, builder, publisher));
        foreach (var outcome in _outcomes.Where(outcome => outcome.Ready))
            outcome.Own = await RunSuiteAsync(suite, outcome, outcome);
        await RunControlsAsync(suite);

        using var phase = new PhaseScope(progress, "report", Phase.Report, "", cancellation: cancellation);
        var report = RunReport.Of(_outcomes.Select(KernelReports.Of), started, Math.Round(clock.Elapsed.TotalSeconds, 3));
        report = ReportWriter.Write(report, [.. _outcomes.SelectMany(KernelReports.LogsOf)], request.ReportFolder);
        phase.Succeed(reason: Path.Combine(request.ReportFolder, "index.html"));
        return report;
    }

    private async Task<KernelOutcome> PrepareAsync(Variant variant, KernelBuilder builder, PayloadPublisher publisher)
    {
        var phases = new PhaseRecorder(progress);
        var outcome = new KernelOutcome(variant);
        try
        {
            outcome.Kernel = await builder.BuildAsync(request.Selection.Request(variant), phases, cancellation);
            outcome.Abi = KernelAbi.Of(outcome.Kernel, variant, phases, cancellation);
            outcome.Payload = await publisher.PublishAsync(variant.Name, outcome.Abi.ModelPath, phases, cancellation);
        }
        catch (Exception e) when (Failures.KindOf(e) is not null)
        {
            // One series that cannot be built must not keep the others from their verdict.
            outcome.Failure = e;
        }

        outcome.Phases.AddRange(phases.Finished);
        return outcome;
    }

    /// <summary>Asks the control for every variant's promises: it must break each of them, in its own way.</summary>
    private async Task RunControlsAsync(GuestSuite suite)
    {
        if (_outcomes.Find(outcome => outcome.Variant.Role == VariantRole.Control) is not { Ready: true } control)
            return;
        foreach (var variant in request.Controls)
        {
            if (_outcomes.Find(outcome => outcome.Variant.Name == variant.Name) is { Ready: true } asked)
                control.Controls.Add((variant, await RunSuiteAsync(suite, control, asked)));
        }
    }

    /// <param name="on">The kernel to boot.</param>
    /// <param name="asked">Whose suite to run.</param>
    private async Task<SuiteRun> RunSuiteAsync(GuestSuite suite, KernelOutcome on, KernelOutcome asked)
    {
        var name = on == asked ? on.Variant.Name : $"{on.Variant.Name}.control-{asked.Variant.Name}";
        var run = await suite.RunAsync(
            new SuiteRequest(on.Kernel!, name, asked.Payload!, asked.Variant, on.Variant.Tag, request.Filters), progress, cancellation);
        on.Phases.AddRange(run.Phases);
        return run;
    }
}

/// <summary>What is known of one kernel so far.</summary>
internal sealed class KernelOutcome(Variant variant)
{
    public Variant Variant { get; } = variant;

    public BuiltKernel? Kernel { get; set; }

    public KernelAbi? Abi { get; set; }

    public Payload? Payload { get; set; }

    /// <summary>Why there is no kernel to boot.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The kernel's own suite.</summary>
    public SuiteRun? Own { get; set; }

    /// <summary>On the control: the suites of the variants.</summary>
    public List<(Variant Variant, SuiteRun Run)> Controls { get; } = [];

    public List<PhaseFinished> Phases { get; } = [];

    public bool Ready => Payload is not null;
}
