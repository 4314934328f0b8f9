namespace Faultline.Cli.Commands;

/// <summary>A scenario whose observations were written down.</summary>
/// <param name="Scenario">Its key.</param>
/// <param name="Observed">Observable to the value seen.</param>
internal sealed record RecordedScenario(string Scenario, IReadOnlyDictionary<string, string> Observed);
