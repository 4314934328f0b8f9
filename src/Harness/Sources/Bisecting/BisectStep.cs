namespace Faultline.Harness.Sources.Bisecting;

/// <summary>Where a bisection stands.</summary>
/// <param name="Next">The commit to test; null when there is none left.</param>
/// <param name="Found">The first bad commit, once it is known.</param>
/// <param name="Suspects">The commits of which one is the first bad one, when none of them could be tested.</param>
/// <param name="Left">How much is left, in git's words; empty at the end.</param>
internal sealed record BisectStep(string? Next, string? Found, IReadOnlyList<string> Suspects, string Left);
