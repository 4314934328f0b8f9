namespace Faultline.Cli.Commands;

/// <summary>What <c>--json</c> prints of <c>record</c> and <c>new-variant</c>; see docs/json.md.</summary>
internal sealed record RecordResult(
    string Schema, bool DryRun, string File, string Report, IReadOnlyList<RecordedScenario> Recorded, IReadOnlyList<string> LeftOut,
    IReadOnlyList<string> Kept);
