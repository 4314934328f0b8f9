using Faultline.Harness.Judging;

namespace Faultline.Harness.Tests.Judging;

public sealed class KernelRulesTests
{
    private static readonly Verdict Pass = new(VerdictKind.Pass, "4 of 4 tests passed");
    private static readonly Verdict Failed = new(VerdictKind.Failed, "1 of 4 tests failed: R1") { Reasons = ["R1: no"] };

    [Fact]
    public void A_kernel_that_was_never_tested_is_told_by_its_failure()
    {
        var verdict = KernelRules.NotTested(
            VerdictKind.KernelBuildFailed, "base: it could not be built:\n\n  a.c:1: error\nWhole log: x\n", "words");
        Assert.Equal(
            (VerdictKind.KernelBuildFailed, "base: it could not be built:", "words"), (verdict.Kind, verdict.Summary, verdict.Excerpt));
        Assert.Equal(["a.c:1: error", "Whole log: x"], verdict.Reasons);
        Assert.Equal(VerdictKind.Infrastructure, KernelRules.NotTested(kind: null, "x", "x").Kind);
    }

    [Fact]
    public void A_stale_model_takes_a_pass_and_nothing_else()
    {
        var drift = KernelRules.WithModel(Pass, "the model is stale");
        Assert.Equal(
            (VerdictKind.AbiDrift, "4 of 4 tests passed, but the committed ABI model is stale"), (drift.Kind, drift.Summary));
        Assert.Equal(["the model is stale"], drift.Reasons);
        Assert.Same(Failed, KernelRules.WithModel(Failed, "the model is stale"));
        Assert.Same(Pass, KernelRules.WithModel(Pass, stale: null));
    }

    [Fact]
    public void Sources_that_contradict_each_other_take_a_pass_and_are_one_more_reason_of_a_failure()
    {
        var drift = KernelRules.WithSources(Pass, ["size: 8, 16"], 40);
        Assert.Equal(VerdictKind.AbiDrift, drift.Kind);
        Assert.Equal(
            "4 of 4 tests passed, but header, compiled code and live kernel contradict each other in 1 of 40 things", drift.Summary);
        Assert.Equal(["size: 8, 16"], drift.Reasons);
        var failed = KernelRules.WithSources(Failed, ["size: 8, 16"], 40);
        Assert.Equal((VerdictKind.Failed, Failed.Summary), (failed.Kind, failed.Summary));
        Assert.Equal(["R1: no", "size: 8, 16"], failed.Reasons);
        Assert.Same(Pass, KernelRules.WithSources(Pass, [], 40));
    }

    [Fact]
    public void A_kernel_that_died_before_it_was_asked_has_a_verdict_of_its_own()
    {
        Assert.False(KernelRules.MayCompareSources(Failed, answered: false));
        Assert.True(KernelRules.MayCompareSources(Failed, answered: true));
        Assert.True(KernelRules.MayCompareSources(Pass, answered: false));
        Assert.False(KernelRules.MayCompareSources(KernelRules.WithModel(Pass, "the model is stale"), answered: false));
    }

    [Fact]
    public void Only_what_keeps_a_kernel_from_booting_leaves_the_others_theirs() => Assert.Equal(
        [VerdictKind.PatchDoesNotApply, VerdictKind.KconfigDropped, VerdictKind.KernelBuildFailed],
        Enum.GetValues<VerdictKind>().Where(kind => kind.KeepsFromBooting()));
}
