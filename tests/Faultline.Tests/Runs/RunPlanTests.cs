using Faultline.Cli.Runs;
using Faultline.Harness.Sources;

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
}
