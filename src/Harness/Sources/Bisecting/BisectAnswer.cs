namespace Faultline.Harness.Sources.Bisecting;

/// <summary>What a commit did.</summary>
/// <param name="Verdict">Whether it is as the good end; null when it could not be found out, so that another commit is taken.</param>
/// <param name="Told">What was seen, a line each; of a commit that could not be tested the reason.</param>
internal sealed record BisectAnswer(bool? Verdict, IReadOnlyList<string> Told);
