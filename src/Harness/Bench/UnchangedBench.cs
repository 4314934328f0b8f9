using System.Collections.Immutable;
using System.Diagnostics;
using Faultline.Harness.Guest;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Bench;

/// <summary>Nothing changed: a whole run of the command, and make that finds nothing to do.</summary>
/// <param name="bench">Where.</param>
/// <param name="request">The kernel whose objects make looks through.</param>
/// <param name="run">Runs <c>faultline run</c> as a process, handing on its lines; false when it had to wait for another command.</param>
public sealed class UnchangedBench(KernelBench bench, KernelRequest request, Func<Action<string>, CancellationToken, Task<bool>> run) : IBenchmark
{
    private const int Tries = 3;
    private readonly List<double> _measured = [];
    private readonly List<double> _beside = [];

    public string Key => "unchanged";

    public async Task PrepareAsync(PhaseScope phase, CancellationToken cancellation)
    {
        await run(phase.Output, cancellation).ConfigureAwait(false);
        // make needs the objects, and the run above needs none of them when its results are known.
        await bench.Builder.BuildAsync(request, new NestedProgress(phase), cancellation).ConfigureAwait(false);
    }

    public async Task MeasureAsync(PhaseScope phase, CancellationToken cancellation)
    {
        _measured.Add(await AloneAsync(phase.Output, cancellation).ConfigureAwait(false));
        var make = await bench.MakeAsync(request, cancellation).ConfigureAwait(false);
        _beside.Add(await make.AgainAsync(file: null, phase, cancellation).ConfigureAwait(false));
    }

    /// <summary>A run that waited for another command is measured again, for its time is that of the other one.</summary>
    /// <returns>Seconds of a run that went to work at once.</returns>
    /// <exception cref="GuestException">Every one waited.</exception>
    internal async Task<double> AloneAsync(Action<string> onLine, CancellationToken cancellation)
    {
        for (var left = Tries; left > 0; left--)
        {
            var clock = Stopwatch.StartNew();
            if (await run(onLine, cancellation).ConfigureAwait(false))
                return clock.Elapsed.TotalSeconds;
            onLine("the run waited for another command in this checkout and is not counted");
        }

        throw new GuestException(
            $"{Tries} runs one after another waited for another command in this checkout, so there is nothing to measure. Measure when nothing else is at work in it.");
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
