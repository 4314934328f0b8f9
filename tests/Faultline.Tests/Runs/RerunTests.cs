using Faultline.Cli.Runs;
using Faultline.Harness.Judging;
using Faultline.Harness.Report;
using Faultline.Harness.Results;

namespace Faultline.Cli.Tests.Runs;

/// <summary>What of a run is worth running again.</summary>
public sealed class RerunTests
{
    private static readonly KernelReport Passing = Kernel("base", VerdictKind.Pass, Test("R1", TestOutcome.Passed));

    private static readonly KernelReport Failing = Kernel(
        "wp-zeropage", VerdictKind.Failed, Test("R12", TestOutcome.Failed), Test("R31-mprotect", TestOutcome.Missing),
        Test(null, TestOutcome.Failed), Test("R13", TestOutcome.Passed));

    [Fact]
    public void Nothing_failed_is_nothing() => Assert.Null(Rerun.Of(Run(Passing)));

    [Fact]
    public void Only_the_kernels_and_the_tests_that_failed()
    {
        var rerun = Rerun.Of(Run(Passing, Failing))!;
        Assert.Equal(["wp-zeropage"], rerun.Variants);
        Assert.Equal(["row=R12", "row=R31-mprotect", "id=generated"], rerun.Filters);
        Assert.False(rerun.NeedsControl);
    }

    [Theory]
    [InlineData(nameof(VerdictKind.KernelBuildFailed))]
    [InlineData(nameof(VerdictKind.AbiDrift))]
    public void A_kernel_that_no_test_failed_on_is_asked_everything(string verdict)
    {
        var other = Kernel("wp-unpopulated", Enum.Parse<VerdictKind>(verdict), Test("R1", TestOutcome.Passed));
        var rerun = Rerun.Of(Run(Failing, other))!;
        Assert.Equal(["wp-zeropage", "wp-unpopulated"], rerun.Variants);
        Assert.Empty(rerun.Filters);
    }

    [Fact]
    public void A_control_that_shows_nothing_needs_the_control_and_all_promises()
    {
        var control = Passing with { Controls = [new ControlReport { Variant = "wp-zeropage", Verdict = VerdictKind.Vacuous }] };
        var rerun = Rerun.Of(Run(control))!;
        Assert.Equal((true, 0), (rerun.NeedsControl, rerun.Filters.Count));
        Assert.Equal(["wp-zeropage"], rerun.Variants);
    }

    private static RunReport Run(params KernelReport[] kernels) => RunReport.Of(kernels, DateTimeOffset.UnixEpoch, 1);

    private static KernelReport Kernel(string name, VerdictKind verdict, params TestReport[] tests) =>
        new() { Name = name, Variant = name, Verdict = verdict, Results = [.. tests] };

    private static TestReport Test(string? scenario, TestOutcome outcome) =>
        new(scenario is null ? "generated" : $"Scenarios.{scenario}", "", "scenario", outcome, 0) { Scenario = scenario };
}
