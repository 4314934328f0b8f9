using Faultline.Harness.Judging;
using Faultline.Harness.Report;
using Faultline.Harness.Results;

namespace Faultline.Cli.Watching;

/// <summary>What came of one run between two saves: a report, or what kept it from getting that far.</summary>
/// <param name="Report">null when there is none.</param>
/// <param name="Folder">That of the report.</param>
/// <param name="Failure">null when there is a report.</param>
internal sealed record WatchedRound(RunReport? Report, string Folder, Failure? Failure)
{
    public int ExitCode => Report?.ExitCode ?? Failure!.ExitCode;

    /// <summary>In a word or two: <c>pass</c>, <c>failed</c>, <c>exit 6</c>.</summary>
    public string Verdict => Report?.Verdict.Name() ?? $"exit {ExitCode}";

    /// <summary>The tests that a later run should begin with: those that failed or never answered.</summary>
    public IReadOnlyList<string> FailedTests =>
    [
        .. (Report?.Kernels ?? []).SelectMany(kernel => kernel.Results).Where(test => test.Outcome.SpeaksAgainst())
            .OrderBy(test => test.Outcome == TestOutcome.Failed ? 0 : 1).Select(test => test.Id).Distinct(StringComparer.Ordinal)
            .Take(MostTests),
    ];

    /// <summary>Enough to begin with: after a run that ended early nearly every test is without an answer.</summary>
    private const int MostTests = 20;
}
