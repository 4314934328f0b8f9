using System.Collections.Immutable;
using System.Diagnostics;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Bench;

/// <summary>Nothing changed: a whole run of the command, and make that finds nothing to do.</summary>
/// <param name="bench">Where.</param>
/// <param name="request">The kernel whose objects make looks through.</param>
/// <param name="run">Runs <c>faultline run</c> as a process, handing on its lines. It must not have to wait for another command.</param>
internal sealed class UnchangedBench(KernelBench bench, KernelRequest request, Func<Action<string>, CancellationToken, Task> run)
    : IBenchmark
{
    private readonly List<double> _measured = [];
    private readonly List<double> _beside = [];

    public string Key => "unchanged";

    public async Task PrepareAsync(PhaseScope phase, CancellationToken cancellation)
    {
        await run(phase.Output, cancellation);
        // make needs the objects, and the run above needs none of them when its results are known.
        await bench.Builder.BuildAsync(request, new NestedProgress(phase), cancellation);
    }

    public async Task MeasureAsync(PhaseScope phase, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        await run(phase.Output, cancellation);
        _measured.Add(clock.Elapsed.TotalSeconds);
        var make = await bench.MakeAsync(request, cancellation);
        _beside.Add(await make.AgainAsync(file: null, phase, cancellation));
    }

    public ImmutableArray<PairReport> Pairs() =>
    [
        new PairReport
        {
            Key = Key,
            Title = "nothing changed",
            Measured = new Side("faultline run, all kernels, to the verdict", Sample.Of(_measured)),
            Beside = new Side("bare make, one kernel", Sample.Of(_beside)),
        },
    ];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
