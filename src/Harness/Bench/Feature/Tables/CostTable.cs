namespace Faultline.Harness.Bench.Feature.Tables;

/// <summary>Every step on one kernel, ways side by side, at the largest size that all of them were measured at.</summary>
internal static class CostTable
{
    /// <returns>The table; null where nothing was measured so.</returns>
    public static FeatureTable? Of(FeatureKernel kernel, bool huge)
    {
        var ways = Ways.All.Where(way => kernel.Costs.Any(cell => cell.Way == way && cell.Huge == huge)).ToList();
        if (ways.Count == 0 || kernel.LargestOf(huge, ways) is not { } bytes)
            return null;
        var cells = ways.Select(way => kernel.Cost(way, huge, bytes)!).ToList();
        var reference = cells.FirstOrDefault(cell => cell.Way == Ways.PreRead) ?? cells[0];
        string[] whole = ["make and protect", .. cells.Select(cell => FigureText.Time(kernel, cell.Whole, reference.Whole))];
        var times =
            from step in Steps.Times
            where cells.All(cell => cell.Seconds.ContainsKey(step.Name))
            select (string[])
                [step.Title, .. cells.Select(cell => FigureText.Time(kernel, cell.Seconds[step.Name], reference.Seconds[step.Name]))];
        var counts =
            from count in Steps.Counts
            select (string[])[count.Title, .. cells.Select(cell => FigureText.Count(cell.Counts[count.Name]))];
        return new FeatureTable(
            $"{kernel.Where}: {FigureText.Size(bytes)} of untouched memory, transparent huge pages {(huge ? "on" : "off")}",
            [FigureText.Unit(kernel), .. ways.Select(way => Ways.Title(way, kernel.Design))],
            [whole, .. times, .. counts],
            (kernel.IsNative ? "Times: " : "Ratios of each round to its PRE-READ: ") + FigureText.Spread + ".");
    }
}
