using System.Collections.Immutable;

namespace Faultline.Harness.Report.Plots;

/// <summary>A picture of lines over one axis.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Across">The axis from left to right.</param>
/// <param name="Up">The axis from bottom to top.</param>
/// <param name="Lines">What is drawn; an empty plot is not.</param>
internal sealed record Plot(string Title, PlotAxis Across, PlotAxis Up, ImmutableArray<PlotLine> Lines)
{
    /// <summary>What a reader must know of the figures.</summary>
    public string Note { get; init; } = "";
}
