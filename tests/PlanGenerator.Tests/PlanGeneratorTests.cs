using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Faultline.PlanGenerator.Tests;

/// <summary>What the generator lists and refuses. The suite's own list is held against xunit in tests/AbiTests.Tests.</summary>
public sealed class PlanGeneratorTests
{
    private const string Attributes = """
        using System;
        namespace Xunit
        {
            public class FactAttribute : Attribute { public string Skip { get; set; } }
            public class TheoryAttribute : FactAttribute { }
            public class TraitAttribute : Attribute { public TraitAttribute(string name, string value) { } }
        }
        namespace Faultline.AbiTests.Expectations
        {
            public class ScenarioAttribute : Xunit.FactAttribute
            {
                public ScenarioAttribute(string key, string title, string about) { }
                public bool NeedsKnob { get; init; }
            }
        }
        """;

    [Fact]
    public void A_scenario_is_listed_with_its_words_and_the_row_of_its_key()
    {
        var plan = Plan("""[Scenario("R31-mprotect", "Title", "Why " + "so.", NeedsKnob = true)] public void Runs() { }""");
        Assert.Contains(
            """new("Tests", "Runs", static () => new global::Faultline.AbiTests.Tests().Runs()) { Row = "R31", """
            + """Scenario = "R31-mprotect", Title = "Title", About = "Why so.", NeedsKnob = true },""", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fact_is_listed_with_its_traits()
    {
        var plan = Plan(
            """[Xunit.Fact, Xunit.Trait("row", "identity"), Xunit.Trait("suite", "scenario")] public static void Runs() { }""");
        Assert.Contains(
            """new("Tests", "Runs", static () => global::Faultline.AbiTests.Tests.Runs()) { Suite = "scenario", Row = "identity" },""",
            plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Xunit.Theory] public void Runs(int number) { }", "no parameters")]
    [InlineData("[Xunit.Fact] public System.Threading.Tasks.Task Runs() => null;", "returns nothing")]
    [InlineData("[Xunit.Fact] public async void Runs() { }", "not asynchronous")]
    [InlineData("[Xunit.Fact] public void Runs<T>() { }", "not generic")]
    [InlineData("""[Xunit.Fact(Skip = "later")] public void Runs() { }""", "only its body")]
    [InlineData("public Tests(int number) { } [Xunit.Fact] public void Runs() { }", "no public constructor")]
    [InlineData("public class Inner { [Xunit.Fact] public void Runs() { } }", "stands in another")]
    public void What_the_plan_cannot_run_is_an_error_and_never_left_out(string member, string why)
    {
        var problem = Assert.Single(Run(member).Diagnostics);
        Assert.Equal(("FLP001", DiagnosticSeverity.Error), (problem.Id, problem.Severity));
        Assert.Contains(why, problem.GetMessage(), StringComparison.Ordinal);
        Assert.Equal("tests.cs", problem.Location.GetLineSpan().Path);
    }

    [Fact]
    public void A_disposable_class_is_disposed() =>
        Assert.Contains("using var tests", Plan("[Xunit.Fact] public void Runs() { }", ": System.IDisposable { public void Dispose() { }"),
            StringComparison.Ordinal);

    [Fact]
    public void A_moved_line_and_another_body_write_nothing_again()
    {
        var driver = Driver().RunGenerators(Compilation("[Xunit.Fact] public void Runs() { }"), Cancellation);
        var edited = Compilation("\n\n[Xunit.Fact] public void Runs() { int changed = 1; }");
        var again = driver.RunGenerators(edited, Cancellation).GetRunResult();
        var step = Assert.Single(again.Results.Single().TrackedSteps[PlanGenerator.Plan]);
        Assert.True(Assert.Single(step.Outputs).Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Plan(string member, string opening = "{") =>
        Assert.Single(Run(member, opening).GeneratedTrees).GetText(Cancellation).ToString();

    private static GeneratorDriverRunResult Run(string member, string opening = "{") =>
        Driver().RunGenerators(Compilation(member, opening)).GetRunResult();

    private static CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new PlanGenerator().AsSourceGenerator()],
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static CSharpCompilation Compilation(string member, string opening = "{") => CSharpCompilation.Create(
        "Sample",
        [
            CSharpSyntaxTree.ParseText(Attributes),
            CSharpSyntaxTree.ParseText(
                $"using Faultline.AbiTests.Expectations; namespace Faultline.AbiTests {{ public class Tests {opening} {member} }} }}",
                path: "tests.cs"),
        ],
        [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)]);
}
