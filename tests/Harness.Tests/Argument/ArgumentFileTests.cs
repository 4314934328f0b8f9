using Faultline.Harness.Argument;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Argument;

/// <summary>The file of the argument: what it may say, and that the committed one says what the variants' profiles say.</summary>
public class ArgumentFileTests
{
    private const string Head = "question = \"Which?\"\nsource = \"A mail\"\n";

    private static readonly VariantCatalog Catalog =
        VariantCatalog.Load(RepositoryRoot.Of("linux-patch"), RepositoryRoot.Of("linux-patch", "knobs"));

    private static readonly string[] Kernels = ["base", "wp-pmd-marker", "wp-unpopulated", "wp-zeropage"];

    private static ArgumentText Committed =>
        ArgumentFile.Parse("argument.toml", File.ReadAllText(RepositoryRoot.Of("linux-patch", "argument.toml")));

    /// <summary>A row that is renamed, or an observable, would make its statement "not measured" for ever.</summary>
    [Fact]
    public void Every_row_of_the_committed_argument_is_one_that_its_kernel_has()
    {
        var unknown = Committed.Statements.SelectMany(statement => statement.Needs.Concat(statement.Moot)).OfType<RowCondition>()
            .Where(condition => Expected(condition.Kernel, condition.Row, condition.Observable) is null).Select(condition => condition.Row);
        Assert.Empty(unknown);
    }

    /// <summary>What the profiles promise is what the statements say, as far as they rest on rows alone.</summary>
    [Fact]
    public void With_what_the_profiles_expect_every_statement_about_rows_holds()
    {
        var judged = Committed.Judge(new Facts(Expected, Figures: null), Kernels);
        var byRows = judged.Answers.Concat(judged.Claims).Concat(judged.Findings)
            .Where(statement => statement.Evidence.All(evidence => evidence.Row is not null)).ToList();
        Assert.True(byRows.Count > 10);
        Assert.All(byRows, statement => Assert.True(statement.Standing is Standing.Holds or Standing.NoDifference, statement.Says));
        Assert.Equal("David Hildenbrand, 1", Assert.Single(byRows, statement => statement.Standing == Standing.NoDifference).Who);
        Assert.DoesNotContain(judged.Claims, claim => claim.Standing == Standing.DoesNotHold);
    }

    /// <summary>With the rows that the profiles promise and the figures that come with the checkout: what a first run shows.</summary>
    [Fact]
    public void The_committed_figures_contradict_no_more_than_the_PUD_level_and_the_consequence_of_the_objection()
    {
        var figures = FigureFile.Read(RepositoryRoot.Of("linux-patch", "figures.json.gz"))!.Value.Report.Feature;
        var judged = Committed.Judge(new Facts(Expected, figures), Kernels);
        var all = judged.Answers.Concat(judged.Claims).Concat(judged.Findings).ToList();
        Assert.Equal(
            ["David Hildenbrand, 4", "the same objection, the consequence"],
            all.Where(one => one.Standing == Standing.DoesNotHold).Select(one => one.Who));
        Assert.All(judged.Answers, answer => Assert.Equal(Standing.Holds, answer.Standing));
        Assert.True(all.Count(one => one.Standing == Standing.Holds) > 12);
    }

    [Fact]
    public void Every_kind_of_condition_is_read()
    {
        var statement = Assert.Single(Parse("""
            [[finding]]
            severity = "memory"
            says  = "it takes {much}"
            means = "something"
            needs = [
                { row = "R1", kernel = "base", observable = "errno", is = "ok" },
                { step = "protect", kernel = "base", way = "halves", over-way = "feature", least = 2.5, named = "much" },
                { step = "read-first", kernel = "base", over-step = "read-second", least = 1, huge = true, without = "other" },
                { growth = "tables-kib", kernel = "base", most = 64 },
                { snapshot = "total", kernel = "base", over-way = "halves", most = 1.1 },
                { wrong-pages = "default", kernel = "base", least = 1 },
            ]
            moot = [{ row = "R1", kernel = "other", observable = "errno", is = "ok" }]
            """).Statements);
        Assert.Equal((StatementKind.Finding, Severity.Memory, "something"), (statement.Kind, statement.Severity, statement.Means));
        Assert.Equal(
        [
            new RowCondition("base", "R1", "errno", "ok"),
            new StepCondition("base", new("halves", "protect"), new("feature", "protect"), new(2.5, null)) { Named = "much" },
            new StepCondition("base", new("feature", "read-first"), new("feature", "read-second"), new(1, null))
            {
                Huge = true, Without = "other",
            },
            new GrowthCondition("base", "feature", "tables-kib", new(null, 64)),
            new SnapshotCondition("base", "total", "feature", "halves", new(null, 1.1)),
            new WrongPagesCondition("base", "default", new(1, null)),
        ], statement.Needs);
        Assert.Equal([new RowCondition("other", "R1", "errno", "ok")], statement.Moot);
    }

    [Fact]
    public void A_line_of_all_kernels_asks_for_nothing()
    {
        var glance = Assert.Single(Parse("""
            [[glance]]
            says = "errno of {size}"
            of   = [{ row = "R1", observable = "errno" }]
            """).Glances);
        var line = glance.Look(new Facts((kernel, _, _) => kernel == "a" ? "ok" : null, Figures: null), ["a", "b"]);
        Assert.Equal(["ok", "?"], line.Cells.Select(cell => cell.Value));
        Assert.Null(line.Cells[1].Met);
    }

    [Theory]
    [InlineData("[[glance]]\nsays = \"x\"\nof = []", 3, "'of' is a list of one table")]
    [InlineData("[[glance]]\nsays = \"x\"\nof = [{ row = \"R1\", observable = \"b\", is = \"c\" }]", 5, "key 'is'")]
    [InlineData("[[answer]]\nsays = \"x\"\nneeds = [{ step = \"protect\", kernel = \"a\", least = 1, huge = 1 }]", 5, "true or false")]
    [InlineData("[[guess]]\nsays = \"x\"", 3, "unknown table")]
    [InlineData("[answer]\nsays = \"x\"", 3, "unknown table")]
    [InlineData("[[answer]]\nsays = \"x\"", 3, "without 'needs'")]
    [InlineData("[[answer]]\nneeds = [{ row = \"R1\", kernel = \"a\", observable = \"b\", is = \"c\" }]", 3, "'says' is missing")]
    [InlineData("[[answer]]\nsays = \"x\"\nneeds = [{ row = \"R1\", kernel = \"a\", observable = \"b\" }]", 5, "'is' is missing")]
    [InlineData("[[answer]]\nsays = \"x\"\nneeds = [{ step = \"dance\", kernel = \"a\", least = 1 }]", 5, "'dance' is none of")]
    [InlineData("[[answer]]\nsays = \"x\"\nneeds = [{ step = \"protect\", kernel = \"a\" }]", 5, "'least', 'most' or both")]
    [InlineData("[[answer]]\nsays = \"x\"\nneeds = [{ mood = \"good\" }]", 5, "one of the keys")]
    [InlineData("[[answer]]\nsays = \"x\"\nneeds = [{ wrong-pages = \"default\", kernel = \"a\", least = 1, by = 2 }]", 5, "key 'by'")]
    [InlineData("[[answer]]\nsays = \"\"\nloud = 1\nneeds = [{ wrong-pages = \"default\", kernel = \"a\", most = 1 }]", 3, "key 'loud'")]
    [InlineData("[[finding]]\nsays = \"x\"\nseverity = \"odd\"\nneeds = []", 3, "'severity' is one of data loss")]
    [InlineData("[[answer]]\nsays = x", 4, "")]
    public void What_is_wrong_is_told_with_its_line(string text, int line, string problem)
    {
        var error = Assert.Throws<VariantFileException>(() => Parse(text));
        Assert.Contains($":{line}", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private static ArgumentText Parse(string text) => ArgumentFile.Parse("argument.toml", Head + text);

    private static string? Expected(string kernel, string row, string observable) =>
        Catalog.Get(kernel).Expect.TryGetValue(row, out var expectation) ? expectation.Observables.GetValueOrDefault(observable) : null;
}
