namespace Faultline.Cli.Commands;

/// <summary>A test that would run.</summary>
internal sealed record ListedTest(string Id, string Suite, string? Row, string? Scenario, string? Title, string? Feature, bool Promise);
