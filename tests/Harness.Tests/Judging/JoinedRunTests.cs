using Faultline.Harness.Judging;
using Faultline.Harness.Report;
using Faultline.Harness.Results;
using Faultline.Harness.Tests.Results;

namespace Faultline.Harness.Tests.Judging;

/// <summary>A run of several guests: a crash stays a crash, it is that of one test, and what the others showed is there.</summary>
public sealed class JoinedRunTests
{
    private const string Panic = Streams.Banner + "[    5.600000] Kernel panic - not syncing: made to\n";
    private const string Second =
        """{"event":"hello","schema":"faultline-events/1","profile":"wp-zeropage","release":"6.1","t":0.5,"uptime":4.5,"guest":2}""";

    private static readonly RunEvidence Crashed = Streams.Evidence(
        Panic, GuestEnding.Reset, Streams.Boot, Streams.Hello, Streams.Plan, Streams.Start("R1"));

    private static readonly RunEvidence Rest = Streams.Evidence(
        Streams.Banner, GuestEnding.Stopped, Streams.Boot, Second, Streams.Plan, Streams.Start("Abi.Layout", 2),
        Streams.Result("Abi.Layout", t: 3), Streams.End(1), Streams.Exit());

    [Fact]
    public void A_crash_stays_the_verdict_and_is_that_of_its_test_alone()
    {
        var run = JoinedRun.Of([Crashed, Rest]);
        var verdict = VerdictRules.Judge(run);
        Assert.Equal((VerdictKind.Crashed, 7), (verdict.Kind, verdict.ExitCode));
        Assert.Equal("panic while R1 was running: Kernel panic - not syncing: made to", verdict.Summary);
        Assert.Equal(["R1"], verdict.InFlight);
        Assert.Equal(
            [
                "guest 1: kernel log line 2: Kernel panic - not syncing: made to", $"R1: ended guest 1: {verdict.Summary}",
            ],
            verdict.Reasons);

        var tests = TestReport.Of(run.Record);
        Assert.Equal([(TestOutcome.Missing, (int?)1), (TestOutcome.Passed, 2)], tests.Select(test => (test.Outcome, test.Guest)));
        Assert.StartsWith("ended guest 1: panic while R1", tests[0].Reason, StringComparison.Ordinal);
        Assert.Equal(new TestTotals(2, 1, 1, 0), TestReport.Totals(tests));
        Assert.False(run.Record.IsComplete);
        Assert.Equal("the run took 2 guests: where a test ended one, the next went on behind it.", RunNotes.Of(run)[0]);
    }

    [Fact]
    public void What_failed_in_a_later_guest_is_among_the_reasons()
    {
        var failed = Rest with
        {
            Record = Streams.Record(
                Streams.Boot, Second, Streams.Plan, Streams.Start("Abi.Layout", 2),
                Streams.Result("Abi.Layout", "failed", "\"message\":\"another size\""), Streams.End(0, 1), Streams.Exit(1)),
        };
        var verdict = VerdictRules.Judge(JoinedRun.Of([Crashed, failed]));
        Assert.Equal(VerdictKind.Crashed, verdict.Kind);
        Assert.Contains("Abi.Layout: another size", verdict.Reasons);
    }

    [Fact]
    public void The_gravest_end_speaks_for_the_run_and_a_suite_that_died_is_still_a_failure()
    {
        var died = Streams.Evidence(
            Streams.Banner, GuestEnding.Stopped, Streams.Boot, Streams.Hello, Streams.Plan, Streams.Start("R1"), Streams.Exit(139));
        var verdict = VerdictRules.Judge(JoinedRun.Of([died, Rest]));
        Assert.Equal((VerdictKind.Failed, "the suite died with signal 11 while R1 was running"), (verdict.Kind, verdict.Summary));

        var layout = Streams.Evidence(
            Panic, GuestEnding.Reset, Streams.Boot, Second, Streams.Plan, Streams.Start("Abi.Layout"));
        verdict = VerdictRules.Judge(JoinedRun.Of([died, layout]));
        Assert.Equal(VerdictKind.Crashed, verdict.Kind);
        Assert.StartsWith("panic while Abi.Layout was running", verdict.Summary, StringComparison.Ordinal);
        Assert.EndsWith("(and 1 more of 2 guests came to no good end)", verdict.Summary, StringComparison.Ordinal);
        Assert.Equal(["R1", "Abi.Layout"], verdict.InFlight);
    }

    [Fact]
    public void A_hang_names_its_test_and_not_those_that_ran_in_the_next_guest()
    {
        var hung = Streams.Evidence(
            Streams.Banner, GuestEnding.Stopped, Streams.Boot, Streams.Hello, Streams.Plan, Streams.Start("R1"),
            """{"event":"hang","id":"R1","deadline":10,"threads":["thread 1 in wait"],"t":11}""", Streams.Exit(3));
        var verdict = VerdictRules.Judge(JoinedRun.Of([hung, Rest]));
        Assert.Equal((VerdictKind.Hung, "R1 did not finish within 10 s"), (verdict.Kind, verdict.Summary));
        Assert.Equal(["R1: ended guest 1: R1 did not finish within 10 s"], verdict.Reasons);
        Assert.Contains("thread 1 in wait", verdict.Excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_that_ended_its_guest_in_a_later_round_has_no_result()
    {
        var crashed = Streams.Evidence(
            Panic, GuestEnding.Reset, Streams.Boot, Streams.Hello, Streams.Plan, Streams.Start("R1"), Streams.Result("R1"),
            Streams.Start("Abi.Layout"), Streams.Result("Abi.Layout"),
            Streams.Start("R1").Replace("\"t\"", "\"round\":2,\"t\"", StringComparison.Ordinal));
        var rest = Streams.Evidence(
            Streams.Banner, GuestEnding.Stopped, Streams.Boot, Second, Streams.Plan,
            Streams.Result("Abi.Layout", more: "\"round\":2"),
            Streams.End(1).Replace("}", ",\"rounds\":2}", StringComparison.Ordinal), Streams.Exit());
        var tests = TestReport.Of(JoinedRun.Of([crashed, rest]).Record);
        Assert.Equal([TestOutcome.Missing, TestOutcome.Passed], tests.Select(test => test.Outcome));
        Assert.Equal(2, tests[1].Rounds);
    }

    [Fact]
    public void Another_plan_in_a_later_guest_is_a_complaint()
    {
        var other = Rest with
        {
            Record = Streams.Record(Second, Streams.PlanOf("Abi.Layout"), Streams.Result("Abi.Layout"), Streams.End(1), Streams.Exit()),
        };
        var reasons = VerdictRules.Judge(JoinedRun.Of([Crashed, other])).Reasons;
        Assert.Contains("guest 2: the suite announced another plan than in guest 1", reasons);
    }

    [Fact]
    public void Each_guest_says_what_it_reported_and_what_ended_it()
    {
        var guests = GuestSummary.Of(JoinedRun.Of([Crashed, Rest]));
        Assert.Equal([(1, 0, false), (2, 1, true)], guests.Select(guest => (guest.Number, guest.Results, guest.Ended is null)));
        Assert.Equal(["R1"], guests[0].InFlight);
        Assert.Equal([2], JoinedRun.Of([Crashed, Rest]).Record.Results.Select(result => result.Guest));
    }
}
