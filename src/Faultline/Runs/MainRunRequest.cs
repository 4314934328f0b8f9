namespace Faultline.Cli.Runs;

/// <summary>What to find out, and where to write it down.</summary>
/// <param name="ReportFolder">Replaced whole.</param>
internal sealed record MainRunRequest(Selection Selection, RunPlan Plan, RunOptions Options, string ReportFolder);
