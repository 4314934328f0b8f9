using Faultline.Harness.Judging;
using Faultline.Harness.Results;
using Faultline.Harness.Tests.Results;

namespace Faultline.Harness.Tests.Judging;

public sealed class ControlRulesTests
{
    private const string AsControl = "\"asControl\":true,\"observed\":{\"event\":\"none\"},\"expected\":{\"event\":\"wp|write\"}";

    [Fact]
    public void A_promise_that_fails_as_the_control_behaves_is_expected()
    {
        var control = Judge(Streams.Result("R1", "failed", AsControl), Streams.Result("Abi.Layout"));

        Assert.Equal(VerdictKind.Pass, control.Verdict.Kind);
        Assert.Equal(new ExpectedFailure("R1", "R1", "event=none"), Assert.Single(control.ExpectedFailures));
        Assert.Empty(control.Unexpected);
    }

    [Fact]
    public void A_promise_that_passes_makes_the_control_vacuous()
    {
        var control = Judge(Streams.Result("R1"), Streams.Result("Abi.Layout"));
        Assert.Equal(VerdictKind.Vacuous, control.Verdict.Kind);
        Assert.Contains("R1", Assert.Single(control.Unexpected), StringComparison.Ordinal);
    }

    [Fact]
    public void A_promise_that_fails_another_way_makes_the_control_vacuous()
    {
        var control = Judge(Streams.Result("R1", "failed", "\"message\":\"EPERM\""), Streams.Result("Abi.Layout"));
        Assert.Equal(VerdictKind.Vacuous, control.Verdict.Kind);
        Assert.Contains("not the way the control behaves: EPERM", Assert.Single(control.Unexpected), StringComparison.Ordinal);
    }

    [Fact]
    public void A_promise_skipped_on_the_control_proves_nothing() =>
        Assert.Equal(VerdictKind.Vacuous, Judge(Streams.Result("R1", "skipped", "\"reason\":\"feature absent\""), Streams.Result("Abi.Layout")).Verdict.Kind);

    /// <summary>A tree of one's own promises nothing until somebody writes it down: a filter may leave no row that differs.</summary>
    [Fact]
    public void Where_nobody_promised_anything_a_plan_without_promises_is_vacuous_for_nobody()
    {
        var evidence = Streams.Evidence(
            Streams.Banner, GuestEnding.Stopped,
            [
                Streams.Boot, Streams.Hello, Streams.Plan.Replace("\"promise\":true", "\"promise\":false", StringComparison.Ordinal),
                Streams.Result("R1"), Streams.Result("Abi.Layout"), Streams.End(2, 0), Streams.Exit(0),
            ]);
        Assert.Equal(VerdictKind.Pass, ControlRules.Judge(evidence, mayPromiseNothing: true).Verdict.Kind);
        Assert.StartsWith("no test of the plan is a promise", ControlRules.Judge(evidence).Verdict.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_no_promise_must_pass_on_the_control() =>
        Assert.Equal(VerdictKind.Failed, Judge(Streams.Result("R1", "failed", AsControl), Streams.Result("Abi.Layout", "failed")).Verdict.Kind);

    [Fact]
    public void An_incomplete_or_crashed_control_is_judged_like_any_run()
    {
        Assert.Equal(VerdictKind.Failed, Judge(Streams.Result("R1", "failed", AsControl)).Verdict.Kind);
        var crashed = ControlRules.Judge(Streams.Evidence(
            Streams.Banner + "[    5.0] kernel BUG at mm/memory.c:1!\n", GuestEnding.Stopped, Streams.Boot, Streams.Plan, Streams.Start("R1")));
        Assert.Equal(VerdictKind.Crashed, crashed.Verdict.Kind);
    }

    private static ControlVerdict Judge(params string[] results) => ControlRules.Judge(Streams.Evidence(
        Streams.Banner, GuestEnding.Stopped, [Streams.Boot, Streams.Hello, Streams.Plan, .. results, Streams.End(1, 1), Streams.Exit(1)]));
}
