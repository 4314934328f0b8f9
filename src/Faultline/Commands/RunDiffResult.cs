namespace Faultline.Cli.Commands;

/// <summary>What <c>diff-runs --json</c> prints; see docs/json.md.</summary>
internal sealed record RunDiffResult(
    string Schema, int ExitCode, string Before, string After, IReadOnlyList<string> Kernels, IReadOnlyList<RunDiffEntry> Differences);
