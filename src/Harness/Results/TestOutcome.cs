namespace Faultline.Harness.Results;

/// <summary>What came of one test.</summary>
internal enum TestOutcome
{
    Passed,
    Failed,
    Skipped,

    /// <summary>Planned, and no result came: a report says so, no guest ever does.</summary>
    Missing,
}
