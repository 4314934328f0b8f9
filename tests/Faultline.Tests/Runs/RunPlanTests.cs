using System.Collections.Immutable;
using Faultline.Cli.Runs;
using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Programs;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;
using Expectation = Faultline.Harness.Sources.Expectation;

namespace Faultline.Cli.Tests.Runs;

public sealed class RunPlanTests
{
    private static readonly Selection All = new()
    {
        Checkout = new Harness.Checkout(Command.Root),
        Catalog = VariantCatalog.Load([Path.Combine(Command.Root, "linux-patch")]),
        Named = [],
        Tree = null,
        Fragments = [],
    };

    private static IEnumerable<string> Words(RunPlan plan) =>
        plan.Cells.Select(cell =>
            $"{cell.On.Name} {(cell.Expectation.Failing is { } asked ? $"must fail {asked}" : "conforms")} by {cell.Asked.Name}");

    [Fact]
    public void Every_kernel_runs_its_own_suite_and_the_control_that_of_every_variant()
    {
        var plan = RunPlan.Of(All, All.Control, [All.Catalog.Get("wp-unpopulated"), All.Catalog.Get("wp-zeropage")]);
        Assert.Equal(["base", "wp-unpopulated", "wp-zeropage"], plan.Kernels.Select(kernel => kernel.Name));
        Assert.Equal(
            [
                "base conforms by base", "wp-unpopulated conforms by wp-unpopulated", "wp-zeropage conforms by wp-zeropage",
                "base must fail wp-unpopulated by wp-unpopulated", "base must fail wp-zeropage by wp-zeropage",
            ],
            Words(plan));
    }

    [Fact]
    public void A_plan_without_control_has_none() =>
        Assert.Equal(["wp-zeropage conforms by wp-zeropage"], Words(RunPlan.Of(All, control: null, [All.Catalog.Get("wp-zeropage")])));

    /// <summary>Nothing is known of a developer's tree and its base: the base is looked at, and the tree compared with it.</summary>
    [Fact]
    public void A_developers_tree_is_expected_to_do_what_its_base_was_seen_to_do()
    {
        var control = All.Control with { Name = "mine-base", IsObserved = true, Expect = new Dictionary<string, Expectation>() };
        var mine = control with { Name = "mine", Role = VariantRole.Variant, Control = control.Name };
        var selection = All with { Catalog = All.Catalog.With(control, mine) };
        var plan = RunPlan.Of(selection, control, [mine]);
        Assert.Equal(["mine-base conforms by mine-base", "mine conforms by mine"], Words(plan));

        var (first, second) = (plan.Kernels[0], plan.Kernels[1]);
        Assert.Contains("\"observe\": true", first.ProfileAfter([]), StringComparison.Ordinal);
        var seen = new RunRecord
        {
            Plan = [new PlannedTest("a", "a", "scenario", "R31", null, false) { Scenario = "R31-mprotect" }],
            Results = [new Harness.Results.TestResult("a", TestOutcome.Passed, 1, 1) { Observed = Observables.Empty.Add("event", "none") }],
        };
        var profile = second.ProfileAfter([new CellResult(plan.Cells[0], Finished(seen), Failure: null)]);
        Assert.DoesNotContain("observe", profile, StringComparison.Ordinal);
        Assert.Equal(2, profile.Split("R31-mprotect").Length - 1);
        var suite = new BuiltSuite("own", "", "", []);
        Assert.True(first.ProgramsAfter(new ProgramSet(Builtin: true, [suite]), []).Suites[0].Declared.IsObserved);
        var failed = new RunRecord
        {
            Plan = [new PlannedTest("own/prog", "prog", "own", null, null, false)],
            Results =
            [
                new Harness.Results.TestResult("own/prog", TestOutcome.Passed, 1, 1)
                {
                    Observed = Observables.Empty.Add("outcome", "failed"),
                },
            ],
        };
        var declared = second.ProgramsAfter(
            new ProgramSet(Builtin: true, [suite]), [new CellResult(plan.Cells[0], Finished(failed), Failure: null)]).Suites[0].Declared;
        Assert.Equal((TestOutcome.Failed, "as on mine-base"), (declared.Expected("prog")!.Outcome, declared.Expected("prog")!.Why));
        var withFeature = RunPlan.Of(selection, control, [mine with { Feature = "UFFD_FEATURE_MINE", FeatureBit = 13 }]);
        Assert.Equal("mine-base must fail mine by mine", Words(withFeature).Last());
    }

    /// <summary>Those of the profile that fits its version, for a program without its arguments tests nothing.</summary>
    [Theory]
    [InlineData("6.1", "userfaultfd anon")]
    [InlineData("6.12", "uffd-stress anon")]
    [InlineData("7.3", "uffd-stress anon")]
    public void Of_a_developers_trees_selftests_run_those_of_its_version(string version, string program)
    {
        var suite = OwnTreeRun.SuitesOf(Version.Parse(version), All).Single(suite => suite.Name == "selftests/mm");
        Assert.Contains(program, suite.Programs.Keys);
        Assert.Empty(suite.Tests);
    }

    [Fact]
    public void This_machines_kernel_is_neither_built_nor_known_by_a_tag()
    {
        var kernel = Assert.Single(RunPlan.OfThisMachine(All, All.Catalog.Get("upstream")).Kernels);
        Assert.Equal(("running", "running"), (kernel.Name, kernel.Id));
        Assert.Null(kernel.Request);
        Assert.Contains("\"tag\":\"\"", kernel.Profile.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 2, false)]
    [InlineData(null, 4, true)]
    [InlineData("always", 2, true)]
    [InlineData("never", 64, false)]
    [InlineData("nonsense", 2, false)]
    public void A_guest_runs_beside_a_compiler_where_there_are_processors_for_both(string? asked, int processors, bool allowed) =>
        Assert.Equal(allowed, Overlaps.Allowed(asked, processors));

    private static SuiteResult Finished(RunRecord record) => new(
        new SuiteRequest { Kernel = "", Payload = "", Profile = "" }, record, new Verdict(VerdictKind.Pass, ""), Control: null,
        new Accelerator(AcceleratorChoice.Tcg, AcceleratorKind.Tcg, "", null), [],
        new RunLogs("", ImmutableDictionary<string, string>.Empty), Cached: false);
}
