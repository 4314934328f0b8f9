namespace Faultline.Harness.Bench.Feature.Tables;

/// <summary>Live snapshots on one kernel, by the share of memory that holds data.</summary>
internal static class SnapshotTable
{
    private static readonly string[] Times = ["prepare", "pause", "total"];

    /// <returns>The table; null where nothing was measured.</returns>
    public static FeatureTable? Of(FeatureKernel kernel) => kernel.Snapshots.IsEmpty ? null : new(
        $"{kernel.Where}: live snapshot of {FigureText.Size(kernel.Snapshots[0].Bytes)}, by the share that holds data",
        [
            FigureText.Unit(kernel), "prepare, guest runs", "pause", "total, each page read", "total, holes left out by pagemap",
            "pages saved", "wrong pages",
        ],
        [.. Rows(kernel)],
        (kernel.IsNative ? "Times: " : "Ratios to PRE-READ with the same share, each page read: ") + FigureText.Spread
        + ". The guest writes 256 pages meanwhile.");

    private static IEnumerable<string[]> Rows(FeatureKernel kernel) =>
        from cell in kernel.Snapshots
        where !cell.Asks
        let reference = kernel.Snapshot(Ways.PreRead, cell.Share, asks: false)
        let asks = kernel.Snapshot(cell.Way, cell.Share, asks: true)
        where reference is not null && asks is not null
        select (string[])
        [
            $"{cell.Share} %, {Ways.Title(cell.Way, kernel.Design)}",
            .. Times.Select(step => FigureText.Time(kernel, cell.Seconds[step], reference.Seconds[step])),
            FigureText.Time(kernel, asks.Seconds["total"], reference.Seconds["total"]),
            FigureText.Count(cell.Counts["saved-pages"]), FigureText.Count(cell.Counts["wrong-pages"]),
        ];
}
