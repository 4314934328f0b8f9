using System.Collections.Immutable;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Bench;

/// <summary>One or more pairs that are measured together. Disposing removes what it made with the engine, also after a cancellation.</summary>
internal interface IBenchmark : IAsyncDisposable
{
    /// <summary>The benchmark's name for <c>--only</c>.</summary>
    string Key { get; }

    /// <summary>Makes what is measured but no part of the figures.</summary>
    Task PrepareAsync(PhaseScope phase, CancellationToken cancellation);

    /// <summary>Measures each side once, one right after the other.</summary>
    Task MeasureAsync(PhaseScope phase, CancellationToken cancellation);

    ImmutableArray<PairReport> Pairs();
}

/// <summary>Runs benchmarks one after another; each repetition is a phase of the progress stream.</summary>
internal static class BenchRunner
{
    public static async Task<ImmutableArray<PairReport>> RunAsync(
        IEnumerable<IBenchmark> benchmarks, Func<IBenchmark, int> repetitions, IProgress<HarnessEvent> progress, CancellationToken cancellation = default)
    {
        var pairs = ImmutableArray.CreateBuilder<PairReport>();
        foreach (var benchmark in benchmarks)
        {
            await using (benchmark)
            {
                using (var phase = new PhaseScope(progress, benchmark.Key, Phase.Measure, "prepared", cancellation: cancellation))
                {
                    await benchmark.PrepareAsync(phase, cancellation);
                    phase.Succeed();
                }

                var count = repetitions(benchmark);
                for (var i = 1; i <= count; i++)
                {
                    using var phase = new PhaseScope(progress, benchmark.Key, Phase.Measure, $"repetition {i} of {count}", cancellation: cancellation);
                    await benchmark.MeasureAsync(phase, cancellation);
                    phase.Succeed();
                }

                pairs.AddRange(benchmark.Pairs());
            }
        }

        return pairs.ToImmutable();
    }
}

/// <summary>Shows the phases of what is measured as output of the phase that measures.</summary>
internal sealed class NestedProgress(PhaseScope phase) : IProgress<HarnessEvent>
{
    public void Report(HarnessEvent value)
    {
        if (value is PhaseOutput output)
            phase.Output(output.Line);
    }
}
