namespace Faultline.Harness.Bench.Feature.Tables;

/// <summary>PMD markers against pte markers on the kernel that has both, size by size.</summary>
internal static class MarkerTable
{
    /// <returns>The table; null without a kernel that has both.</returns>
    public static FeatureTable? Of(FeatureReport report)
    {
        if (report.Kernels.FirstOrDefault(kernel => kernel.Design == Marks.Pmd) is not { } both)
            return null;
        var calls = report.Kernels.FirstOrDefault(kernel => kernel is { Design: Marks.Pte, IsNative: false });
        return new FeatureTable(
            $"{both.Where}: PMD markers against pte markers, transparent huge pages off",
            ["", "pte markers take, times", "smaller calls alone, times", "tables, PMD markers, KiB", "tables, pte markers, KiB"],
            [.. MarkerComparison.Of(both).Select(pair => (string[])
                [
                    FigureText.Size(pair.Bytes), FigureText.Times(pair.Pte.Seconds["protect"], pair.Pmd.Seconds["protect"]),
                    Calls(calls, pair.Bytes),
                    FigureText.Count(pair.Pmd.Counts["tables-kib"]), FigureText.Count(pair.Pte.Counts["tables-kib"]),
                ])],
            "Both on one kernel, in one guest: calls that cover 1 MiB each make it use pte markers. What such calls cost by themselves "
            + $"is measured on {calls?.Where ?? "no kernel"}, which has pte markers either way; divide the first ratio by it. "
            + $"Ratios within a round, {FigureText.Spread}.");
    }

    private static string Calls(FeatureKernel? calls, long bytes) =>
        (calls is null ? [] : MarkerComparison.Of(calls)).FirstOrDefault(pair => pair.Bytes == bytes) is { } found
            ? FigureText.Times(found.Pte.Seconds["protect"], found.Pmd.Seconds["protect"])
            : "";
}
