using Faultline.Harness.Bench;
using Faultline.Harness.Bench.Feature.Tables;

namespace Faultline.Harness.Argument;

/// <summary>
/// Between what a figure must lie; a side that is null is open. Where the middle half of the rounds lies on both sides of a bound, the
/// figure says nothing about it: another measurement of the same could say the opposite.
/// </summary>
internal sealed record Bounds(double? Least, double? Most)
{
    /// <param name="what">What was measured, in words.</param>
    /// <param name="found">The figure's samples; null where it was not measured.</param>
    /// <param name="unit">Behind the number, with a blank before it; may be empty.</param>
    public Evidence Examine(string what, Sample? found, string unit = "")
    {
        if (found is null)
            return new Evidence($"{what}: not measured", Met: null);
        var value = Text(found.Median);
        var spread = found.Values.Length == 1 ? value : $"{value} ({Text(found.Min)}–{Text(found.Max)})";
        var (low, high) = (Holds(found.LowerQuartile), Holds(found.UpperQuartile));
        var remark = low == high ? "" : ", too spread to tell";
        return new Evidence($"{what}: {spread}{unit}{remark}", low == high ? Holds(found.Median) : null)
        {
            Value = $"{value}{unit}",
        };
    }

    private bool Holds(double value) => value >= (Least ?? double.MinValue) && value <= (Most ?? double.MaxValue);

    private static string Text(double value) =>
        value.Equals(Math.Round(value)) ? FigureText.Whole(value) : BenchTable.Digits(value);
}
