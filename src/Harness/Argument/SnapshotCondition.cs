using Faultline.Harness.Bench;
using Faultline.Harness.Bench.Feature;
using Faultline.Harness.Bench.Feature.Tables;

namespace Faultline.Harness.Argument;

/// <summary>A live snapshot must take so many times as long in one way as in another, whatever the share of data.</summary>
/// <param name="Kernel">The kernel's name.</param>
/// <param name="Figure"><c>pause</c> or <c>total</c>.</param>
/// <param name="Way">One of <see cref="Ways"/>.</param>
/// <param name="Over">The way it is compared with.</param>
/// <param name="Bounds">Of the ratio, at the worst share.</param>
internal sealed record SnapshotCondition(string Kernel, string Figure, string Way, string Over, Bounds Bounds) : Condition
{
    public override Condition On(string kernel) => this with { Kernel = kernel };

    public override Evidence Examine(Facts facts)
    {
        var kernel = facts.KernelOf(Kernel);
        // Both kinds of saver together: what is asked is whether a share is bad, and a busy machine needs all the rounds it can get.
        var ratios = (kernel?.Snapshots ?? []).Where(cell => cell.Way == Way)
            .Select(cell => (cell.Share, One: cell.Seconds[Figure], Other: kernel!.Snapshot(Over, cell.Share, cell.Asks)?.Seconds[Figure]))
            .Where(pair => pair.Other is { Min: > 0 })
            .GroupBy(pair => pair.Share, pair => Sample.Ratio(pair.One, pair.Other!))
            .Select(share => Sample.Of(share.SelectMany(ratio => ratio.Values))).ToList();
        var worst = ratios.MaxBy(ratio => ratio.Median);
        var (one, other) = (Ways.Title(Way, kernel?.Design), Ways.Title(Over, kernel?.Design));
        var what = $"snapshot on {Kernel}: {Figure}, {one} over {other}, worst share";
        var size = kernel is { Snapshots: [var first, ..] } ? FigureText.Size(first.Bytes) : "?";
        return Bounds.Examine(what, worst, " times") with { Kernel = Kernel, Size = size };
    }
}
