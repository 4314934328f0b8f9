namespace Faultline.Harness.Results;

/// <summary>A line that a program printed, on either of its streams.</summary>
/// <param name="Text">Without its line end.</param>
/// <param name="T">Seconds since the kernel started.</param>
internal readonly record struct PrintedLine(string Text, double T);
