namespace Faultline.Cli.Bisecting;

/// <summary>What <c>--json</c> prints of <c>bisect</c>.</summary>
/// <param name="Commit">The first bad commit; null when it could not be told.</param>
/// <param name="Title">Hash, subject, author and day.</param>
/// <param name="Suspects">The commits of which one is the first bad one, where it could not be told which.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Before">What the good end showed, a line each.</param>
/// <param name="After">What the first bad commit showed.</param>
/// <param name="Tested">How many commits were tested, with both ends.</param>
/// <param name="Skipped">How many could not be.</param>
internal sealed record BisectResult(
    string Schema, string? Commit, string? Title, IReadOnlyList<string> Suspects, string Question, IReadOnlyList<string> Before,
    IReadOnlyList<string> After, int Tested, int Skipped);
