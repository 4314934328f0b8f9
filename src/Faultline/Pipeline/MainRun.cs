using System.Diagnostics;
using Faultline.AbiExtractor;
using Faultline.Harness;
using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Report;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Pipeline;

/// <summary>What to do with the selected kernels.</summary>
/// <param name="Kernels">To build and test, control first.</param>
/// <param name="Controls">Variants whose suite must fail on the control; empty when the control is not part of the run.</param>
internal sealed record MainRunRequest(
    Selection Selection, IReadOnlyList<Variant> Kernels, IReadOnlyList<Variant> Controls, IReadOnlyList<string> Filters,
    AcceleratorChoice Accelerator, Deadlines Deadlines, bool Fresh, string ReportFolder);

/// <summary>The main job: from series to verdict, for several kernels side by side.</summary>
internal sealed class MainRun(MainRunRequest request, IProgress<HarnessEvent> progress, CancellationToken cancellation)
{
    private readonly Workspace _workspace = request.Selection.Workspace;
    private readonly List<KernelOutcome> _outcomes = [];
    private string? _qemu;

    private KernelOutcome? Control => _outcomes.Find(outcome => outcome.Variant.Role == VariantRole.Control);

    public async Task<RunReport> RunAsync()
    {
        var started = DateTimeOffset.UtcNow;
        var clock = Stopwatch.StartNew();
        var facts = await RunOrigin.BeginAsync(_workspace, cancellation);
        using var engine = new LazyEngine();
        await using var guests = new GuestPreparation(engine, _workspace.Layout.Images, progress, cancellation);

        // Building and publishing use every core; guests run afterwards, so that no test competes with a compiler for its deadline.
        var builder = new KernelBuilder(_workspace.Layout, engine.ConnectAsync);
        using var publisher = new PayloadPublisher(_workspace.Root, _workspace.Artifacts);
        foreach (var variant in request.Kernels)
            _outcomes.Add(await PrepareAsync(variant, builder, publisher, guests));
        if (_outcomes.Exists(outcome => outcome.Ready))
            await TestAsync(engine, guests);

        using var phase = new PhaseScope(progress, "report", Phase.Report, "", cancellation: cancellation);
        var kernels = new List<KernelReport>();
        foreach (var outcome in _outcomes)
            kernels.Add(await RunOrigin.AddToAsync(KernelReports.Of(outcome, Control), outcome, request.Selection.Tree, cancellation));
        var report = RunReport.Of(kernels, started, Math.Round(clock.Elapsed.TotalSeconds, 3)) with { Run = RunOrigin.End(facts, engine.Version, _qemu) };
        report = ReportWriter.Write(report, [.. _outcomes.SelectMany(KernelReports.LogsOf)], request.ReportFolder);
        phase.Succeed(reason: Path.Combine(request.ReportFolder, "index.html"));
        publisher.RemoveUnused();
        return report;
    }

    private async Task<KernelOutcome> PrepareAsync(Variant variant, KernelBuilder builder, PayloadPublisher publisher, GuestPreparation guests)
    {
        var kernel = request.Selection.Request(variant);
        var phases = new PhaseRecorder(guests.Watching(new IdentifiedProgress(progress, kernel.Id.Name)));
        var outcome = new KernelOutcome(variant) { Id = kernel.Id };
        try
        {
            outcome.Kernel = await builder.BuildAsync(kernel, phases, cancellation);
            outcome.Abi = KernelAbi.Of(outcome.Kernel, CommittedAbi.Of(variant, request.Selection), phases, cancellation);
            outcome.Payload = await publisher.PublishAsync(variant.Name, kernel.Id.Name, outcome.Abi.ModelPath, phases, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && KeepsOneFromBeingTested(e))
        {
            // One series that cannot be built, read or tested must not keep the others from their verdict.
            outcome.Failure = e;
        }

        outcome.Phases.AddRange(phases.Finished);
        return outcome;
    }

    private static bool KeepsOneFromBeingTested(Exception e) => e switch
    {
        GuestException or ExtractionException => true,
        FaultlineException { Kind: { } kind } => kind.KeepsFromBooting(),
        _ => false,
    };

    private async Task TestAsync(LazyEngine engine, GuestPreparation guests)
    {
        SuiteRunner suite;
        try
        {
            suite = new SuiteRunner(await engine.ConnectAsync(cancellation), await guests.ImagesAsync(), _workspace.Artifacts);
        }
        catch (Exception e) when (IsInfrastructure(e))
        {
            foreach (var outcome in _outcomes.Where(outcome => outcome.Ready))
                outcome.Failure = e;
            return;
        }

        foreach (var outcome in _outcomes.Where(outcome => outcome.Ready))
        {
            try
            {
                outcome.Own = await RunSuiteAsync(suite, outcome, outcome);
            }
            catch (Exception e) when (IsInfrastructure(e))
            {
                outcome.Failure = e;
            }
        }

        await RunControlsAsync(suite);
        _qemu = await new QemuVersion(
            await engine.ConnectAsync(cancellation), (await guests.ImagesAsync()).Runner.Tag, Path.Combine(_workspace.Artifacts, "guest")).AskAsync(cancellation);
    }

    /// <summary>An engine that goes away ends one suite. What the others found, before or after it, still gets its report.</summary>
    private bool IsInfrastructure(Exception e) => !cancellation.IsCancellationRequested && Failures.Describe(e)?.ExitCode == ExitCodes.Infrastructure;

    /// <summary>Asks the control for every variant's promises: it must break each of them, in its own way.</summary>
    private async Task RunControlsAsync(SuiteRunner suite)
    {
        if (Control is not { Ready: true } control)
            return;
        foreach (var variant in request.Controls)
        {
            if (_outcomes.Find(outcome => outcome.Variant.Name == variant.Name) is not { Ready: true } asked)
                continue;
            try
            {
                control.Controls.Add(new ControlOutcome(variant, await RunSuiteAsync(suite, control, asked), Failure: null));
            }
            catch (Exception e) when (IsInfrastructure(e))
            {
                control.Controls.Add(new ControlOutcome(variant, Run: null, e));
            }
        }
    }

    /// <param name="on">The kernel to boot.</param>
    /// <param name="asked">Whose suite to run.</param>
    private Task<SuiteResult> RunSuiteAsync(SuiteRunner suite, KernelOutcome on, KernelOutcome asked) => suite.RunAsync(
        new SuiteRequest
        {
            Kernel = on.Variant.Name,
            Id = on.Id!.Name,
            ControlOf = on == asked ? null : asked.Variant.Name,
            BzImage = on.Kernel!.BzImage,
            Payload = asked.Payload!.Folder,
            Profile = VariantProfile.ToJson(asked.Variant),
            Filters = request.Filters,
            Accelerator = request.Accelerator,
            Deadlines = request.Deadlines,
            Fresh = request.Fresh,
        },
        progress, cancellation);
}
