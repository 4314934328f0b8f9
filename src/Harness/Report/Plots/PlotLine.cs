using System.Collections.Immutable;

namespace Faultline.Harness.Report.Plots;

/// <summary>A line of a plot.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Points">From left to right.</param>
internal sealed record PlotLine(string Name, ImmutableArray<PlotPoint> Points)
{
    /// <summary>Which of the sheet's colours and dashes it has; null for that of its place.</summary>
    public int? Look { get; init; }
}
