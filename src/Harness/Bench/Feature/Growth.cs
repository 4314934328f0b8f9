using System.Collections.Immutable;

namespace Faultline.Harness.Bench.Feature;

/// <summary>What a figure grows by for each GiB: the slope of the straight line through the medians of all sizes (least squares).</summary>
/// <param name="Way">One of <see cref="Ways"/>.</param>
/// <param name="Huge">Whether transparent huge pages were wanted.</param>
/// <param name="Figure">Its name; seconds, or the unit that the name ends with.</param>
/// <param name="PerGiB">The slope.</param>
internal sealed record Growth(string Way, bool Huge, string Figure, double PerGiB)
{
    private const double GiB = 1 << 30;

    /// <summary>Two sizes always lie on a line, which says nothing.</summary>
    private const int FewestSizes = 3;

    public static IEnumerable<Growth> Of(string way, bool huge, ImmutableArray<CostCell> cells)
    {
        var figures = cells.SelectMany(cell => cell.Seconds.Keys.Concat(cell.Counts.Keys)).Distinct();
        foreach (var figure in figures.Order(StringComparer.Ordinal))
        {
            var points = cells
                .Select(cell => (cell.Bytes, Sample: cell.Seconds.GetValueOrDefault(figure) ?? cell.Counts.GetValueOrDefault(figure)))
                .Where(point => point.Sample is not null)
                .Select(point => (X: point.Bytes / GiB, Y: point.Sample!.Median)).ToList();
            if (points.Count >= FewestSizes)
                yield return new Growth(way, huge, figure, Slope(points));
        }
    }

    internal static double Slope(IReadOnlyList<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }
}
