using System.Collections.Immutable;

namespace Faultline.Harness.Bench.Feature;

/// <summary>All that was measured on one kernel, in one boot of it.</summary>
/// <param name="Where">The kernel's name, or that of this machine.</param>
/// <param name="Costs">Each way, size and kind of pages.</param>
/// <param name="Snapshots">Each way, share of data and saver.</param>
internal sealed record FeatureKernel(string Where, ImmutableArray<CostCell> Costs, ImmutableArray<SnapshotCell> Snapshots)
{
    /// <summary>Release of the kernel, as <c>uname -r</c>; null where it was not told.</summary>
    public string? Release { get; init; }

    /// <summary>SHA-256 of the image that was booted, in hexadecimal; null for this machine's kernel.</summary>
    public string? Image { get; init; }

    /// <summary>Measured on a real CPU.</summary>
    public bool IsNative => Where == MeasureSubject.ThisMachine;

    /// <summary>What each figure grows by for each GiB.</summary>
    public ImmutableArray<Growth> Growths =>
        [.. Costs.GroupBy(cell => (cell.Way, cell.Huge)).SelectMany(line => Growth.Of(line.Key.Way, line.Key.Huge, [.. line]))];

    /// <summary>What the kernel was seen to put into protected holes, by the ways that use the feature; null where it has none.</summary>
    public string? Design => Costs.LastOrDefault(cell => cell is { Way: Ways.Feature, Huge: false })?.Mark;

    /// <summary>A cell; null where nothing was measured.</summary>
    public CostCell? Cost(string way, bool huge, long bytes) =>
        Costs.FirstOrDefault(cell => cell.Way == way && cell.Huge == huge && cell.Bytes == bytes);

    /// <summary>A kind of snapshot; null where it was not measured.</summary>
    public SnapshotCell? Snapshot(string way, int share, bool asks) =>
        Snapshots.FirstOrDefault(cell => cell.Way == way && cell.Share == share && cell.Asks == asks);

    /// <summary>The largest size that each of the ways was measured at, in bytes; null where there is none.</summary>
    public long? LargestOf(bool huge, params IReadOnlyList<string> ways)
    {
        var sizes = ways.Select(way => Costs.Where(cell => cell.Way == way && cell.Huge == huge).Select(cell => cell.Bytes));
        return sizes.Aggregate((all, one) => all.Intersect(one)).Select(bytes => (long?)bytes).Max();
    }
}
