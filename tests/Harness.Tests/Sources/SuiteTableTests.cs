using System.Collections.Immutable;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Sources;

/// <summary>Tables <c>[[suite]]</c> of a variant's file.</summary>
public sealed class SuiteTableTests
{
    private const string Head = """
        name = "x"

        [[suite]]
        name = "selftests/mm"

        """;

    [Fact]
    public void A_suite_names_its_programs_what_they_show_and_what_the_control_does()
    {
        var suite = Assert.Single(Parse("""
            run = "selftests:mm"
            limit = 90
            must-fail = ["userfaultfd: a"]
            [suite.programs]
            "userfaultfd anon" = ["userfaultfd", "anon", "20", "4"]
            [suite.expect]
            "userfaultfd anon: b" = "failed: 6.1 lacks the fix"
            [suite.control]
            "userfaultfd anon: c" = "skipped"
            """).Suites);
        Assert.Equal(("selftests/mm", "selftests:mm", TimeSpan.FromSeconds(90)), (suite.Name, suite.Run, suite.Limit));
        Assert.Equal(["userfaultfd", "anon", "20", "4"], suite.Programs["userfaultfd anon"]);
        Assert.Equal(new DeclaredOutcome(TestOutcome.Failed, "6.1 lacks the fix"), suite.Expected("userfaultfd anon: b"));
        Assert.Equal(["userfaultfd anon: c", "userfaultfd: a"], suite.Promises);
        Assert.Equal(DeclaredOutcome.Passed, suite.Expected("userfaultfd: a"));
        Assert.Null(suite.Expected("another"));
    }

    [Fact]
    public void Of_each_test_the_nearer_file_decides()
    {
        var far = new DeclaredSuite("s") { Run = "here", Expect = DeclaredOf("a", "failed: x").SetItem("b", DeclaredOutcome.Failed) };
        var near = far.With(new DeclaredSuite("s") { Expect = DeclaredOf("a", "passed") });
        Assert.Equal("here", near.Run);
        Assert.Equal((TestOutcome.Passed, TestOutcome.Failed), (near.Expected("a")!.Outcome, near.Expected("b")!.Outcome));
    }

    [Theory]
    [InlineData("runs = \"x\"", 5, "unknown key 'runs'")]
    [InlineData("limit = 0", 5, "whole seconds")]
    [InlineData("run = 3", 5, "in quotes")]
    [InlineData("must-fail = \"a\"", 5, "a list of strings")]
    [InlineData("[suite.programs]\na = []", 6, "a program's file and its arguments")]
    [InlineData("[suite.programs]\na = [\"../a\"]", 6, "a program's file and its arguments")]
    [InlineData("[suite.expect]\na = \"fails\"", 6, "\"passed\", \"skipped\" or \"failed\"")]
    [InlineData("[suite.expect]\na = \"failed\"", 6, "say why")]
    [InlineData("[suite.expects]", 5, "unknown table")]
    [InlineData("[[suite]]\nname = \"selftests/mm\"", 6, "has a table already")]
    [InlineData("[[suite]]\nrun = \"selftests:mm\"", 5, "needs a name")]
    public void A_mistake_is_reported_with_its_line(string text, int line, string words)
    {
        var failure = Assert.Throws<VariantFileException>(() => Parse(text));
        Assert.Equal(line, failure.Line);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_below_no_suite_is_refused() =>
        Assert.Throws<VariantFileException>(() => VariantFile.Parse("variant.toml", "[suite.expect]\na = \"passed\""));

    private static ImmutableSortedDictionary<string, DeclaredOutcome> DeclaredOf(string test, string outcome) =>
        new DeclaredSuite("s").Expect.SetItem(test, DeclaredOutcome.Parse(outcome)!);

    private static VariantFile Parse(string text) => VariantFile.Parse("variant.toml", Head + text);
}
