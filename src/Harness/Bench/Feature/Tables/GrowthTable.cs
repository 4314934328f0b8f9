namespace Faultline.Harness.Bench.Feature.Tables;

/// <summary>What each GiB adds, on every kernel and way.</summary>
internal static class GrowthTable
{
    private static readonly string[] Tables = ["tables-kib", "child-tables-kib", "child-tables-event-kib"];

    public static FeatureTable Of(FeatureReport report) => new(
        "What each GiB adds",
        ["", "make and protect", "page tables, KiB", "those of a child, KiB", "with EVENT_FORK, KiB"],
        [.. report.Kernels.SelectMany(Rows)],
        "Slopes of straight lines through the medians of all sizes, 1 MiB to the largest that was measured; times natively only.");

    private static IEnumerable<string[]> Rows(FeatureKernel kernel) =>
        from line in kernel.Growths.GroupBy(growth => (growth.Huge, growth.Way), growth => (growth.Figure, growth.PerGiB))
        let figures = line.ToDictionary(growth => growth.Figure, growth => growth.PerGiB)
        select (string[])
        [
            $"{kernel.Where}, {Ways.Title(line.Key.Way, kernel.Design)}, huge pages {(line.Key.Huge ? "on" : "off")}",
            kernel.IsNative ? BenchTable.Time(figures["prefault"] + figures["protect"]) : "",
            .. Tables.Select(name => FigureText.Whole(figures[name])),
        ];
}
