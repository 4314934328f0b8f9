using System.Collections.Immutable;
using Faultline.Harness.Bench;
using Faultline.Harness.Bench.Feature;

namespace Faultline.Harness.Argument;

/// <summary>A live snapshot must take so many times as long in one way as in another, whatever the share of data.</summary>
/// <param name="Kernel">The kernel's name.</param>
/// <param name="Figure"><c>pause</c> or <c>total</c>.</param>
/// <param name="Way">One of <see cref="Ways"/>.</param>
/// <param name="Over">The way it is compared with.</param>
/// <param name="Bounds">Of the ratio, in the worst of all kinds.</param>
internal sealed record SnapshotCondition(string Kernel, string Figure, string Way, string Over, Bounds Bounds) : Condition
{
    public override Evidence Examine(Facts facts)
    {
        var kernel = facts.KernelOf(Kernel);
        var ratios = kernel?.Snapshots.Where(cell => cell.Way == Way)
            .Select(cell => (cell, Reference: kernel.Snapshot(Over, cell.Share, cell.Asks)?.Seconds[Figure]))
            .Where(pair => pair.Reference is { Min: > 0 })
            .Select(pair => Sample.Ratio(pair.cell.Seconds[Figure], pair.Reference!)).ToImmutableArray() ?? [];
        var worst = ratios.IsEmpty ? null : ratios.MaxBy(ratio => ratio.Median);
        var (one, other) = (Ways.Title(Way, kernel?.Design), Ways.Title(Over, kernel?.Design));
        var what = $"snapshot on {Kernel}: {Figure}, {one} over {other}, worst share";
        return Bounds.Examine(what, worst, " times") with { Kernel = Kernel };
    }
}
