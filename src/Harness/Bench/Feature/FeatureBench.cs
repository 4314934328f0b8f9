using System.Collections.Immutable;
using Faultline.Harness.Bench.Feature.Tables;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Bench.Feature;

/// <summary>
/// What protected memory costs, for every way of protecting it, on every kernel: the suite's <c>--measure feature</c> and
/// <c>--measure snapshot</c>, both in one boot.
/// </summary>
/// <param name="subjects">The kernels.</param>
/// <param name="sizes">How much memory.</param>
internal sealed class FeatureBench(IReadOnlyList<MeasureSubject> subjects, FeatureSizes sizes) : IBenchmark
{
    private readonly List<FeatureKernel> _found = [];

    public string Key => "feature";

    /// <summary>Everything, kernel by kernel; null before it was measured.</summary>
    public FeatureReport? Report => _found.Count == 0 ? null : new([.. _found]);

    public Task PrepareAsync(PhaseScope phase, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Once is enough: the suite repeats inside of the process.</summary>
    public async Task MeasureAsync(PhaseScope phase, CancellationToken cancellation)
    {
        foreach (var subject in subjects)
        {
            phase.Output($"{subject.Where}: sizes to {sizes.LargestGiB} GiB, then snapshots of {sizes.SnapshotMiB} MiB");
            var stream = await subject.Run(sizes.Measures, phase, cancellation);
            _found.Add(FeatureStream.Read(subject.Where, stream) with { Image = subject.Image });
        }
    }

    public ImmutableArray<PairReport> Pairs() =>
        [.. _found.Where(kernel => kernel.Design is not null).SelectMany(kernel => Pairs(kernel, kernel.Design!))];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IEnumerable<PairReport> Pairs(FeatureKernel kernel, string design)
    {
        foreach (var other in (string[])[Ways.PreRead, Ways.Halves])
        {
            if (kernel.LargestOf(huge: false, Ways.Feature, other) is not { } bytes)
                continue;
            yield return new PairReport
            {
                Key = Key,
                Title = $"{FigureText.Size(bytes)} of untouched memory, {kernel.Where}",
                Measured = new Side($"protect it: {design}", kernel.Cost(Ways.Feature, huge: false, bytes)!.Whole),
                Beside = new Side(Ways.Title(other, design), kernel.Cost(other, huge: false, bytes)!.Whole),
                Note = "no transparent huge pages; the ways take turns in one process. Compare ratios, and only within one line.",
            };
        }
    }
}
