using System.Collections.Immutable;

namespace Faultline.Harness.Sources;

/// <summary>What a run saw of one scenario, to be written down as what to expect.</summary>
/// <param name="Scenario">Its key: <c>R31-mprotect</c>.</param>
/// <param name="Title">What it does, in words; null where the suite says none.</param>
/// <param name="Observables">Observable to the value seen.</param>
internal sealed record ObservedRow(string Scenario, string? Title, ImmutableSortedDictionary<string, string> Observables);
