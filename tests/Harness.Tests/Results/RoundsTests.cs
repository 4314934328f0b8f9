using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Report;
using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Results;

/// <summary>Several rounds of one suite: each counts, and a verdict says in how many a test failed.</summary>
public sealed class RoundsTests
{
    private const string Seen = "\"expected\":{\"event\":\"a\"},\"observed\":{\"event\":\"a\"},\"whole\":true";
    private const string Other = "\"expected\":{\"event\":\"a\"},\"observed\":{\"event\":\"b\"},\"whole\":true,\"asControl\":true";

    [Fact]
    public void A_test_that_fails_in_some_rounds_failed()
    {
        var verdict = VerdictRules.Judge(Evidence(1, Round(1, "passed", Seen), Round(2, "failed", Other), Round(3, "passed", Seen)));
        Assert.Equal(VerdictKind.Failed, verdict.Kind);
        Assert.Equal("1 of 2 tests failed: R1 in 1 of 3 rounds", verdict.Summary);
        Assert.Equal("R1: event is b, expected a (failed in 1 of 3 rounds)", Assert.Single(verdict.Reasons));
    }

    [Fact]
    public void A_pass_is_one_of_every_round()
    {
        var verdict = VerdictRules.Judge(Evidence(0, Round(1, "passed", Seen), Round(2, "passed", Seen), Round(3, "passed", Seen)));
        Assert.Equal((VerdictKind.Pass, "2 of 2 tests passed in each of 3 rounds"), (verdict.Kind, verdict.Summary));
    }

    [Fact]
    public void The_report_counts_the_rounds_and_a_test_once()
    {
        var record = Record(Round(1, "passed", Seen), Round(2, "failed", Other), Round(3, "failed", Other));
        var test = TestReport.Of(record)[0];
        Assert.Equal((TestOutcome.Failed, 3, 2, false), (test.Outcome, test.Rounds, test.FailedRounds, test.IsWhole));
        Assert.Equal((2, 6, 3), (record.Results.Length, record.Each.Length, record.Rounds));
        Assert.True(record.IsComplete);
        Assert.True(TestReport.Of(Record(Round(1, "passed", Seen), Round(2, "passed", Seen), Round(3, "passed", Seen)))[0].IsWhole);
    }

    [Fact]
    public void A_round_that_breaks_off_is_incomplete_and_its_test_in_flight()
    {
        var record = Streams.Record([
            Streams.Boot, Streams.Hello, Streams.Plan, .. Round(1, "passed", Seen),
            Streams.Start("R1").Replace("\"t\"", "\"round\":2,\"t\"", StringComparison.Ordinal),
        ]);
        Assert.Equal((2, false), (record.Rounds, record.IsComplete));
        Assert.Equal(["R1"], record.InFlight);
        Assert.Equal(["R1", "Abi.Layout"], record.Missing.Select(test => test.Id));
    }

    [Fact]
    public void A_second_result_of_one_round_is_still_a_complaint()
    {
        var record = Record(Round(1, "passed", Seen), Round(1, "failed", Other), Round(2, "passed", Seen));
        Assert.Contains("a second result for 'R1' was ignored", record.Problems);
        Assert.Equal(TestOutcome.Passed, record.Results[0].Outcome);
    }

    [Fact]
    public void A_promise_that_passes_on_the_control_in_some_rounds_proves_nothing()
    {
        var sometimes = ControlRules.Judge(Evidence(1, Round(1, "failed", Other), Round(2, "passed", Seen), Round(3, "failed", Other)));
        Assert.Equal(VerdictKind.Vacuous, sometimes.Verdict.Kind);
        Assert.Contains("it passes without it in 1 of 3 rounds", Assert.Single(sometimes.Unexpected), StringComparison.Ordinal);
        var always = ControlRules.Judge(Evidence(1, Round(1, "failed", Other), Round(2, "failed", Other), Round(3, "failed", Other)));
        Assert.Equal(VerdictKind.Pass, always.Verdict.Kind);
    }

    [Fact]
    public void The_default_deadline_is_for_each_round_and_one_that_was_asked_for_is_for_all()
    {
        Assert.Equal(1200, new Deadlines { Rounds = 10 }.RunSeconds(1));
        Assert.Equal(60, new Deadlines { Rounds = 10, Run = TimeSpan.FromSeconds(60) }.RunSeconds(1));
    }

    [Fact]
    public void The_suite_is_told_what_differs_from_one_round_in_order()
    {
        Assert.Empty(SuiteRounds.Once.Arguments);
        Assert.Equal(["--repeat", "3", "--shuffle", "7", "--until-fail"], new SuiteRounds(3, 7, UntilFail: true).Arguments);
    }

    private static string[] Round(int round, string outcome, string more)
    {
        var mark = round == 1 ? "" : $",\"round\":{round}";
        return [Streams.Start("R1"), Streams.Result("R1", outcome, more + mark), Streams.Start("Abi.Layout"),
            Streams.Result("Abi.Layout", more: mark.TrimStart(','))];
    }

    private static string[] Lines(int code, string[][] rounds) =>
    [
        Streams.Boot, Streams.Hello, Streams.Plan, .. rounds.SelectMany(round => round),
        Streams.End().Replace("}", ",\"rounds\":3}", StringComparison.Ordinal), Streams.Exit(code),
    ];

    private static RunRecord Record(params string[][] rounds) => Streams.Record(Lines(0, rounds));

    private static RunEvidence Evidence(int code, params string[][] rounds) =>
        Streams.Evidence(Streams.Banner, GuestEnding.Stopped, Lines(code, rounds));
}
