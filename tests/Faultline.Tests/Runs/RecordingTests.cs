using System.Collections.Immutable;
using Faultline.Cli.Runs;
using Faultline.Harness.Judging;
using Faultline.Harness.Report;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;
using Expectation = Faultline.Harness.Sources.Expectation;

namespace Faultline.Cli.Tests.Runs;

/// <summary>Which rows of a run may become expectations.</summary>
public sealed class RecordingTests
{
    private static readonly Dictionary<string, Expectation> Expected = new()
    {
        ["R12"] = Of(("event", "none")), ["R13"] = Of(("event", "none")), ["R31-mprotect"] = Of(("event", "none")),
    };

    private static readonly Recording Run = new("/reports/last", RunReport.Of([], DateTimeOffset.UnixEpoch, 1), new KernelReport
    {
        Name = "mine",
        Verdict = VerdictKind.Failed,
        Results =
        [
            Test("R12", "R12", TestOutcome.Failed, ("event", "wp|write"), ("pagemap", "Aw")),
            Test("R13", "R13", TestOutcome.Passed, ("event", "none")),
            Test("R31", "R31-mprotect", TestOutcome.Failed, ("event", "some")),
            Test("R31", "R31-cold", TestOutcome.Failed, ("event", "some")) with { IsWhole = false, Reason = "it threw" },
            Test("R40", "R40", TestOutcome.Skipped) with { Reason = "no swap" },
            Test("R41", "R41", TestOutcome.Missing),
            Test(null, null, TestOutcome.Failed),
        ],
    });

    [Fact]
    public void Without_a_row_every_one_that_differs_is_taken()
    {
        var rows = Run.Rows(Expected, []);
        Assert.Equal(["R12", "R31-mprotect"], rows.Changed.Select(row => row.Scenario));
        Assert.Equal(["event", "pagemap"], rows.Changed[0].Observables.Keys);
        Assert.Equal(["R13"], rows.Kept);
        Assert.Equal(["R31-cold: it ended before it had observed everything: it threw", "R41: it has no result"], rows.LeftOut);
    }

    [Fact]
    public void A_row_names_all_its_scenarios_and_a_scenario_itself()
    {
        Assert.Equal(["R31-mprotect"], Run.Rows(Expected, ["r31"]).Changed.Select(row => row.Scenario));
        Assert.Equal(["R12"], Run.Rows(Expected, ["R12"]).Changed.Select(row => row.Scenario));
        Assert.Equal(("R13", 0), (Run.Rows(Expected, ["R13"]).Kept.Single(), Run.Rows(Expected, ["R13"]).Changed.Length));
    }

    [Theory]
    [InlineData("R99", "R99: the run in /reports/last has no such row; it has R12, R13, R31, R40, R41.")]
    [InlineData("R40", "R40: it was skipped: no swap, so there is nothing to write down")]
    [InlineData("R31-cold", "R31-cold: it ended before it had observed everything")]
    [InlineData("R41", "R41: it has no result")]
    public void A_row_that_cannot_be_taken_is_refused(string row, string words) =>
        Assert.Contains(words, Assert.Throws<UsageException>(() => Run.Rows(Expected, ["R12", row])).Message, StringComparison.Ordinal);

    private static Expectation Of(params (string Key, string Value)[] seen) => new(seen.ToDictionary(pair => pair.Key, pair => pair.Value));

    private static TestReport Test(string? row, string? scenario, TestOutcome outcome, params (string, string)[] seen) =>
        new(scenario ?? "generated", "", "scenario", outcome, 0)
        {
            Row = row, Scenario = scenario, IsWhole = true,
            Observed = seen.ToImmutableSortedDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal),
        };
}
