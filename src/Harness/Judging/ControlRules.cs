using System.Collections.Immutable;
using Faultline.Harness.Results;

namespace Faultline.Harness.Judging;

/// <summary>
/// The negative control proves that the suite can tell the kernels apart: each promise of the variant must fail on the control, and
/// fail the way the control is known to behave; everything else must pass there as well.
/// </summary>
internal static class ControlRules
{
    /// <param name="evidence">The run on the control.</param>
    /// <param name="mayPromiseNothing">Whether a plan without a promise proves as much as anybody claims.</param>
    public static ControlVerdict Judge(RunEvidence evidence, bool mayPromiseNothing = false)
    {
        if (VerdictRules.Unfinished(evidence) is { } unfinished)
            return new ControlVerdict(unfinished, [], unfinished.Reasons);

        var record = evidence.Record;
        var results = record.Results.ToDictionary(result => result.Id, StringComparer.Ordinal);
        var expected = ImmutableArray.CreateBuilder<ExpectedFailure>();
        List<string> vacuous = [], unexpected = [];
        foreach (var test in record.Plan!.Value)
        {
            var result = results[test.Id];
            switch (test.Promise, result.Outcome)
            {
                case (true, TestOutcome.Failed) when result.Rounds > 1 && result.FailedRounds < result.Rounds:
                    vacuous.Add($"{test.Id}: promised by the series, yet it passes without it in {result.Rounds - result.FailedRounds} of "
                        + $"{result.Rounds} rounds");
                    break;
                case (true, TestOutcome.Failed) when result.AsControl:
                    expected.Add(new ExpectedFailure(test.Id, test.Row, Observation(result)));
                    break;
                case (true, TestOutcome.Failed):
                    vacuous.Add($"{test.Id}: fails on the control, but not the way the control behaves: {VerdictRules.Explain(result)}");
                    break;
                case (true, TestOutcome.Passed):
                    vacuous.Add($"{test.Id}: promised by the series, yet it passes without it");
                    break;
                case (true, _):
                    vacuous.Add($"{test.Id}: a promise was skipped on the control: {result.Reason ?? "no reason given"}");
                    break;
                case (false, TestOutcome.Failed):
                    unexpected.Add($"{test.Id}: not a promise, must pass on the control too: {VerdictRules.Explain(result)}");
                    break;
                case (false, TestOutcome.Skipped) when string.IsNullOrEmpty(result.Reason):
                    unexpected.Add($"{test.Id}: skipped without a reason");
                    break;
            }
        }

        var nothing = expected.Count == 0 && vacuous.Count == 0 && unexpected.Count == 0;
        if (nothing && !mayPromiseNothing)
            vacuous.Add("no test of the plan is a promise: the control cannot tell the series from its absence");
        unexpected.AddRange(record.Problems);
        ImmutableArray<string> reasons = [.. vacuous, .. unexpected];
        var verdict = (vacuous.Count, unexpected.Count) switch
        {
            (0, 0) when nothing => new Verdict(VerdictKind.Pass, "nothing that was asked for is promised, and everything passes"),
            (0, 0) => new Verdict(VerdictKind.Pass, $"{expected.Count} promises fail as they must, everything else passes"),
            (_, > 0) => new Verdict(
                VerdictKind.Failed, $"{unexpected.Count} tests behave on the control as nobody expects: {unexpected[0]}"),
            _ when nothing => new Verdict(VerdictKind.Vacuous, vacuous[0]),
            _ => new Verdict(VerdictKind.Vacuous, $"{vacuous.Count} promises prove nothing: {vacuous[0]}"),
        };
        return new ControlVerdict(verdict with { Reasons = reasons }, expected.ToImmutable(), reasons);
    }

    private static string Observation(TestResult result) => result.Observed.IsEmpty
        ? VerdictRules.Explain(result)
        : string.Join(", ", result.Observed.Select(pair => $"{pair.Key}={pair.Value}"));
}
