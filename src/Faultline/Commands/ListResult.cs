namespace Faultline.Cli.Commands;

/// <summary>What <c>--list --json</c> prints; see docs/json.md.</summary>
internal sealed record ListResult(string Schema, IReadOnlyList<ListedSuite> Suites);
