namespace Faultline.Cli.Runs;

/// <summary>What to find out, and where to write it down.</summary>
/// <param name="ReportFolder">Replaced whole; a report that is there is kept.</param>
internal sealed record MainRunRequest(Selection Selection, RunPlan Plan, RunOptions Options, string ReportFolder)
{
    /// <summary>The command line that asks for it, without the program.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}
