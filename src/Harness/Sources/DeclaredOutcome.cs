using Faultline.Harness.Results;

namespace Faultline.Harness.Sources;

/// <summary>How a program's test comes out, as a variant's file has it.</summary>
/// <param name="Outcome">Passed, failed or skipped.</param>
/// <param name="Why">Why it comes out so; null where nobody said.</param>
internal sealed record DeclaredOutcome(TestOutcome Outcome, string? Why)
{
    public static DeclaredOutcome Passed { get; } = new(TestOutcome.Passed, Why: null);

    public static DeclaredOutcome Failed { get; } = new(TestOutcome.Failed, Why: null);

    /// <summary>Reads <c>passed</c>, <c>skipped: WHY</c>, <c>failed: WHY</c>; null for anything else.</summary>
    public static DeclaredOutcome? Parse(string text)
    {
        var (word, why) = text.Split(':', 2) is [var before, var after] ? (before.Trim(), after.Trim()) : (text.Trim(), "");
        TestOutcome? outcome = word switch
        {
            "passed" => TestOutcome.Passed,
            "failed" => TestOutcome.Failed,
            "skipped" => TestOutcome.Skipped,
            _ => null,
        };
        return outcome is { } known ? new DeclaredOutcome(known, why.Length > 0 ? why : null) : null;
    }
}
