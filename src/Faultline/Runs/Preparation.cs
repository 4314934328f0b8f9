using System.Runtime.ExceptionServices;
using Faultline.AbiExtractor;
using Faultline.Harness;
using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Kernels;
using Faultline.Harness.Programs;
using Faultline.Harness.Progress;
using Faultline.Machine;

namespace Faultline.Cli.Runs;

/// <summary>Builds kernels, reads their ABI and publishes their suites; what an earlier run has made already costs nothing.</summary>
internal sealed class Preparation(Checkout checkout, LazyEngine engine, CancellationToken cancellation) : IDisposable
{
    private readonly KernelBuilder _builder = new(checkout, engine.ConnectAsync);
    private readonly PayloadPublisher _publisher = new(checkout);
    private readonly SuiteBuilder _suites = new(checkout, engine.ConnectAsync);

    /// <summary>The suites that run.</summary>
    public ChosenSuites Suites { get; init; } = ChosenSuites.Builtin;

    /// <summary>Only the kernel, for who needs no suite.</summary>
    public Task<BuiltKernel> BuildAsync(KernelRequest request, IProgress<HarnessEvent> progress) =>
        _builder.BuildAsync(request, progress, cancellation);

    /// <summary>All of it. What keeps this one kernel from being tested is part of the result: others still get their verdict.</summary>
    public async Task<PreparedKernel> PrepareAsync(PlannedKernel planned, IProgress<HarnessEvent> progress)
    {
        var phases = new PhaseRecorder(new IdentifiedProgress(progress, planned.Id));
        var prepared = new PreparedKernel(planned);
        try
        {
            var model = planned.CommittedModel;
            if (planned.Request is { } request)
            {
                var kernel = await BuildAsync(request, phases);
                prepared = prepared with { Kernel = kernel };
                var abi = KernelAbi.Of(kernel, planned.Committed, phases, cancellation);
                prepared = prepared with { Abi = abi };
                model = abi.ModelPath;
            }

            var payload = await _publisher.PublishAsync(planned.Name, planned.Id, model, phases, cancellation);
            var programs = await ProgramsAsync(planned, prepared.Kernel, phases);
            prepared = prepared with { Payload = payload, Programs = programs };
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && KeepsOneFromBeingTested(e))
        {
            prepared = prepared with { Failure = e };
        }

        return prepared with { Phases = phases.Finished };
    }

    /// <summary>Like <see cref="PrepareAsync"/>, for who can do nothing without the kernel.</summary>
    public async Task<PreparedKernel> DemandAsync(PlannedKernel planned, IProgress<HarnessEvent> progress)
    {
        var prepared = await PrepareAsync(planned, progress);
        if (prepared.Failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        return prepared;
    }

    /// <summary>Removes published suites that no run can use again, and programs that none has used for long.</summary>
    public void RemoveUnusedSuites()
    {
        _publisher.RemoveUnused();
        _suites.RemoveOld();
    }

    public void Dispose() => _publisher.Dispose();

    private async Task<ProgramSet> ProgramsAsync(PlannedKernel planned, BuiltKernel? kernel, IProgress<HarnessEvent> progress)
    {
        var chosen = Suites.For(planned.Variant);
        var built = new List<BuiltSuite>();
        foreach (var (spec, declared) in chosen.Programs)
            built.Add(await _suites.BuildAsync(spec, declared, planned.Name, kernel, planned.Request, progress, cancellation));
        return new ProgramSet(chosen.Builtin, [.. built]);
    }

    private static bool KeepsOneFromBeingTested(Exception e) => e switch
    {
        SuiteException { Kind: not null } or GuestException or ExtractionException or ProgramMissingException => true,
        FaultlineException { Kind: { } kind } => kind.KeepsFromBooting(),
        _ => false,
    };
}
