using Faultline.Harness.Argument;
using Faultline.Harness.Bench.Feature;
using Faultline.Harness.Tests.Bench.Feature;

namespace Faultline.Harness.Tests.Argument;

/// <summary>How a statement stands follows from what was seen, and from nothing else.</summary>
public class StatementTests
{
    private static readonly FeatureReport Figures = new([FeatureStreams.Kernel("pmd", "M", microseconds: 0.125, tables: 0)]);

    private static readonly RowCondition Row = new("base", "R12", "event", "none");

    private static StepCondition Protecting(Bounds bounds) =>
        new("pmd", new(Ways.Halves, "protect"), new(Ways.Feature, "protect"), bounds);

    [Theory]
    [InlineData("none", nameof(Standing.Holds))]
    [InlineData("wp|write", nameof(Standing.DoesNotHold))]
    [InlineData(null, nameof(Standing.NotMeasured))]
    public void A_row_decides(string? seen, string standing)
    {
        var judged = Judge(seen, Row);
        Assert.Equal(standing, judged.Standing.ToString());
        Assert.Equal($"R12 on base: event {seen ?? "not observed"}", Assert.Single(judged.Evidence).Text);
    }

    /// <summary>What speaks against a statement is not excused by what nobody looked at.</summary>
    [Fact]
    public void One_that_is_otherwise_outweighs_one_that_is_missing() =>
        Assert.Equal(Standing.DoesNotHold, Judge("wp|write", Row, new RowCondition("base", "R99", "event", "none")).Standing);

    [Fact]
    public void What_holds_everywhere_makes_no_difference()
    {
        var statement = new Statement(StatementKind.Claim, "said", [Row]) { Moot = [new RowCondition("other", "R12", "event", "none")] };
        Assert.Equal(Standing.NoDifference, statement.Judge(Facts("none")).Standing);
        var elsewhere = Facts("none") with { Observed = (kernel, _, _) => kernel == "base" ? "none" : "wp|write" };
        Assert.Equal(Standing.Holds, statement.Judge(elsewhere).Standing);
    }

    [Theory]
    [InlineData(79.0, null, nameof(Standing.Holds))]
    [InlineData(81.0, null, nameof(Standing.DoesNotHold))]
    [InlineData(null, 79.0, nameof(Standing.DoesNotHold))]
    public void A_ratio_of_steps_is_taken_at_the_largest_size(double? least, double? most, string standing)
    {
        var condition = Protecting(new(least, most));
        var judged = Judge("none", condition with { Named = "times" });
        Assert.Equal(standing, judged.Standing.ToString());
        Assert.Equal("it takes 80 times", judged.Says);
        Assert.Equal(
            "8 MiB on pmd: protect, pte markers (calls of 1 MiB) over protect, PMD markers: 80 (80–80) times", judged.Evidence[0].Text);
    }

    /// <summary>What the ways cost by themselves shows where they do the same, and is no gain of the design.</summary>
    [Fact]
    public void What_the_ways_themselves_cost_is_divided_out()
    {
        var condition = Protecting(new(40, 40)) with { Without = "pte" };
        var pte = FeatureStreams.Kernel("pte", "M", microseconds: 5, tables: 4);
        var both = Facts("") with { Figures = new([.. Figures.Kernels, pte]) };
        var seen = condition.Examine(both);
        Assert.Equal("40 times", seen.Value);
        Assert.Equal("8 MiB", seen.Size);
        Assert.Contains("without the cost of the calls", seen.Text, StringComparison.Ordinal);
        Assert.Null(condition.Examine(Facts("")).Met);
    }

    [Fact]
    public void A_size_and_a_command_have_their_places()
    {
        var times = Protecting(new(1, null)) with { Named = "times" };
        Assert.Equal("80 times at 8 MiB", new Statement(StatementKind.Claim, "{times} at {times:size}", [times]).Judge(Facts("")).Says);
        var worst = new SnapshotCondition("pmd", "total", Ways.Feature, Ways.PreRead, new(1, 1)) { Named = "worst" };
        Assert.Equal("1 times of 8 MiB", new Statement(StatementKind.Claim, "{worst} of {worst:size}", [worst]).Judge(Facts("")).Says);
        Assert.Null(new Statement(StatementKind.Claim, "x", [Row]) { Ask = "a command" }.Judge(Facts("none")).Ask);
        Assert.Equal("a command", new Statement(StatementKind.Claim, "x", [Row]) { Ask = "a command" }.Judge(Facts(null)).Ask);
    }

    [Fact]
    public void Growth_snapshots_and_wrong_pages_are_figures_too()
    {
        Assert.Equal(Standing.Holds, Judge("", new GrowthCondition("pmd", Ways.Halves, "tables-kib", new(2048, 2048))).Standing);
        Assert.Equal(Standing.Holds, Judge("", new GrowthCondition("pmd", Ways.Feature, "tables-kib", new(null, 64))).Standing);
        Assert.Equal(Standing.Holds, Judge("", new SnapshotCondition("pmd", "total", Ways.Feature, Ways.PreRead, new(1, 1))).Standing);
        Assert.Equal(Standing.Holds, Judge("", new WrongPagesCondition("pmd", Ways.Default, new(7, 7))).Standing);
        Assert.Equal(Standing.DoesNotHold, Judge("", new WrongPagesCondition("pmd", Ways.Default, new(null, 0))).Standing);
        Assert.Equal(Standing.Holds, Judge("", new WrongPagesCondition("pmd", Ways.Feature, new(null, 0))).Standing);
    }

    [Fact]
    public void Without_the_benchmark_every_figure_is_not_measured()
    {
        Condition[] conditions =
        [
            new StepCondition("pmd", new(Ways.Halves, "protect"), new(Ways.Feature, "protect"), new(1, null)),
            new GrowthCondition("pmd", Ways.Feature, "tables-kib", new(null, 64)),
            new SnapshotCondition("pmd", "total", Ways.Feature, Ways.PreRead, new(null, 2)),
            new WrongPagesCondition("pmd", Ways.Default, new(1, null)),
        ];
        Assert.All(conditions, condition =>
        {
            var statement = new Statement(StatementKind.Claim, "x", [condition]);
            Assert.Equal(Standing.NotMeasured, statement.Judge(Facts("") with { Figures = null }).Standing);
            Assert.Equal(Standing.NotMeasured, (statement with { Needs = [Elsewhere(condition)] }).Judge(Facts("")).Standing);
        });
    }

    /// <summary>The same of a kernel that was not measured.</summary>
    private static Condition Elsewhere(Condition condition) => condition switch
    {
        StepCondition step => step with { Kernel = "none" },
        GrowthCondition growth => growth with { Kernel = "none" },
        SnapshotCondition snapshot => snapshot with { Kernel = "none" },
        WrongPagesCondition pages => pages with { Kernel = "none" },
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    private static JudgedStatement Judge(string? seen, params Condition[] needs) =>
        new Statement(StatementKind.Claim, "it takes {times}", [.. needs]).Judge(Facts(seen));

    private static Facts Facts(string? seen) => new((_, row, _) => row == "R12" ? seen : null, Figures);
}
