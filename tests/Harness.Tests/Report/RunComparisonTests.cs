using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Progress;
using Faultline.Harness.Report;
using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Report;

/// <summary>What got worse, what got better, and what is only different.</summary>
public sealed class RunComparisonTests
{
    private static RunReport Run(params KernelReport[] kernels) => RunReport.Of(kernels, SampleRun.Started, 1);

    private static IEnumerable<string> Words(RunReport before, RunReport after) => RunComparison.Of(before, after)
        .Select(difference => $"{difference.Kind}{(difference.IsWorse ? " worse" : "")}: {difference.Change}");

    private static KernelReport With(int index, Func<TestReport, TestReport> change) => SampleRun.Passing with
    {
        Results = SampleRun.Passing.Results.SetItem(index, change(SampleRun.Passing.Results[index])),
    };

    [Fact]
    public void A_run_does_not_differ_from_itself() => Assert.Empty(RunComparison.Of(SampleRun.Report, SampleRun.Report));

    [Theory]
    [InlineData(nameof(TestOutcome.Passed), nameof(TestOutcome.Failed))]
    [InlineData(nameof(TestOutcome.Passed), nameof(TestOutcome.Missing))]
    [InlineData(nameof(TestOutcome.Passed), nameof(TestOutcome.Skipped))]
    [InlineData(nameof(TestOutcome.Skipped), nameof(TestOutcome.Failed))]
    public void An_outcome_gets_worse_one_way_and_better_the_other(string better, string worse)
    {
        var (good, bad) = (Enum.Parse<TestOutcome>(better), Enum.Parse<TestOutcome>(worse));
        var (before, after) = (Run(With(1, test => test with { Outcome = good })), Run(With(1, test => test with { Outcome = bad })));
        Assert.Equal([$"Outcome worse: wp-zeropage: R12 R12: {good.Name()} -> {bad.Name()}"], Words(before, after));
        Assert.Equal([$"Outcome: wp-zeropage: R12 R12: {bad.Name()} -> {good.Name()}"], Words(after, before));
    }

    [Fact]
    public void A_verdict_that_weighs_more_is_worse()
    {
        var (pass, stale, crashed) = (Run(SampleRun.Passing), Run(SampleRun.Passing with { Verdict = VerdictKind.AbiDrift }),
            Run(SampleRun.Passing with { Verdict = VerdictKind.Crashed }));
        Assert.Equal(["Verdict worse: wp-zeropage: verdict: pass -> abi-drift"], Words(pass, stale));
        Assert.Equal(["Verdict worse: wp-zeropage: verdict: abi-drift -> crashed"], Words(stale, crashed));
        Assert.Equal(["Verdict: wp-zeropage: verdict: crashed -> pass"], Words(crashed, pass));
    }

    [Fact]
    public void Another_observation_is_told_by_its_name_and_is_not_worse() => Assert.Equal(
        ["Observation: wp-zeropage: R12 R12: event: wp|write -> none", "Observation: wp-zeropage: R12 R12: more: not observed -> x"],
        Words(
            Run(SampleRun.Passing),
            Run(With(1, test => test with { Observed = test.Observed.SetItem("event", "none").SetItem("more", "x") }))));

    [Fact]
    public void Times_count_where_both_did_the_work_and_the_difference_is_large()
    {
        static RunReport Timed(params PhaseSummary[] phases) =>
            Run(SampleRun.Passing with { Phases = [.. phases] });
        var before = Timed(new("build", 100, false, ""), new("boot", 1, false, ""), new("test", 10, false, ""), new("apply", 1, true, ""));
        var after = Timed(
            new("build", 151, false, ""), new("boot", 1.9, false, ""), new("test", 14, false, ""), new("apply", 9, false, ""));
        Assert.Equal(["Slower: wp-zeropage: build: 100.0 s -> 151.0 s"], Words(before, after));
        Assert.Empty(Words(after, before));
        var elsewhere = Run(before.Kernels[0] with
        {
            Phases = after.Kernels[0].Phases,
            Accelerator = new Accelerator(AcceleratorChoice.Kvm, AcceleratorKind.Kvm, "", null),
        });
        var here = Run(before.Kernels[0] with { Accelerator = new Accelerator(AcceleratorChoice.Tcg, AcceleratorKind.Tcg, "", null) });
        Assert.Empty(Words(here, elsewhere));
    }

    [Fact]
    public void What_only_one_of_them_asked_is_named()
    {
        var fewer = SampleRun.Passing with { Results = SampleRun.Passing.Results.RemoveAt(1) };
        Assert.Equal(["Gone: wp-zeropage: R12 R12: passed -> not asked"], Words(Run(SampleRun.Passing), Run(fewer)));
        Assert.Equal(
            ["New: wp-unpopulated: kernel: not asked -> failed", "New: wp-zeropage: R12 R12: not asked -> passed"],
            Words(Run(fewer), Run(SampleRun.Passing, SampleRun.Failing)));
        // Of a kernel that was not tested, its verdict says everything.
        Assert.Equal(
            ["Verdict worse: wp-zeropage: verdict: pass -> kernel-build-failed"],
            Words(Run(SampleRun.Passing), Run(SampleRun.Passing with { Results = [], Verdict = VerdictKind.KernelBuildFailed })));
    }
}
