namespace Faultline.Cli.Runs;

/// <summary>What to find out, and where to write it down.</summary>
/// <param name="ReportFolder">Replaced whole; a report that is there is kept.</param>
internal sealed record MainRunRequest(Selection Selection, RunPlan Plan, RunOptions Options, string ReportFolder);
