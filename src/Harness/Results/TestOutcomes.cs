namespace Faultline.Harness.Results;

/// <summary>Outcomes in words, and what they mean.</summary>
internal static class TestOutcomes
{
    /// <summary>The name in events, in <c>results.json</c> and in other reports; stable.</summary>
    public static string Name(this TestOutcome outcome) => outcome switch
    {
        TestOutcome.Passed => "passed",
        TestOutcome.Failed => "failed",
        TestOutcome.Skipped => "skipped",
        TestOutcome.Missing => "missing",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "This is not an outcome of a test."),
    };

    /// <summary>The test speaks against the kernel: it failed, or never reported.</summary>
    public static bool SpeaksAgainst(this TestOutcome outcome) => outcome is TestOutcome.Failed or TestOutcome.Missing;
}
