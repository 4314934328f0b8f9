namespace Faultline.Harness.Report.Plots;

/// <summary>A point of a line, in the units of the axes.</summary>
internal readonly record struct PlotPoint(double X, double Y);
