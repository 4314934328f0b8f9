using System.Collections.Immutable;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Sources;

/// <summary>What is written into a variant.toml changes these rows and nothing else.</summary>
public class VariantTextTests
{
    private const string Text = """
        # Größe zählt, and so does this comment: [expect.R12] is no table here
        name     = "child"
        title    = "A variant"
        role     = "variant"
        source   = "debian:6.1"
        tag      = "-child"
        inherits = "base"

        [expect.R12] # the first write
        # what a snapshot needs
        event   = "none"   # so far
        pagemap = "A"
        faults  = "1+0"


        [expect.R13]
        event = "none"
        """;

    private static ObservedRow Row(string scenario, params (string, string)[] seen) =>
        new(scenario, "What it does", seen.ToImmutableSortedDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal));

    private static string With(string text, params ObservedRow[] rows) => VariantText.With("variant.toml", text, rows);

    [Fact]
    public void A_table_keeps_its_comments_and_its_columns() => Assert.Equal(
        Text.Replace("[expect.R12] # the first write\n", "[expect.R12] # the first write\nreview  = true\n", StringComparison.Ordinal)
            .Replace("event   = \"none\"   # so far", "event   = \"wp|write\"   # so far", StringComparison.Ordinal)
            .Replace("pagemap = \"A\"\n", "", StringComparison.Ordinal)
            .Replace("faults  = \"1+0\"\n", "faults  = \"1+0\"\ncontent = \"a \\\"b\\\" \\\\ c\\n\"\n", StringComparison.Ordinal),
        With(Text, Row("R12", ("event", "wp|write"), ("faults", "1+0"), ("content", "a \"b\" \\ c\n"))));

    [Fact]
    public void A_table_that_is_not_there_is_added_behind_the_last_one() => Assert.Equal(
        Text + "\n\n[expect.R31-mprotect] # What it does\nreview    = true\nno-access = \"M\"\n",
        With(Text, Row("R31-mprotect", ("no-access", "M"))));

    [Fact]
    public void The_last_line_of_a_file_may_lack_its_end() => Assert.Equal(
        Text.Replace(
            "[expect.R13]\nevent = \"none\"", "[expect.R13]\nreview = true\nevent = \"some\"\nmore  = \"x\"", StringComparison.Ordinal),
        With(Text, Row("R13", ("event", "some"), ("more", "x"))));

    [Fact]
    public void Line_ends_of_Windows_stay()
    {
        var text = Text.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n";
        var written = With(text, Row("R12", ("event", "wp|write"), ("content", "x")), Row("R1", ("errno", "ok")));
        Assert.DoesNotContain("\n", written.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(["R1", "R12", "R13"], VariantFile.Parse("x", written).Expect.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>Whatever was observed, what is written is read as that.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("\\n \t \r ü \u0001")]
    [InlineData("'''\"\"\" # [expect.R1]")]
    public void Every_value_is_read_as_it_was_seen(string value)
    {
        var file = VariantFile.Parse("x", With(Text, Row("R12", ("event", value)), Row("R99", ("a b", value))));
        Assert.Equal(value, file.Expect["R12"].Observables["event"]);
        Assert.Equal(value, file.Expect["R99"].Observables["a b"]);
        Assert.Equal(["event"], file.Expect["R12"].Observables.Keys);
        Assert.Equal("none", file.Expect["R13"].Observables["event"]);
        Assert.Equal(["R12", "R99"], file.ToReview.Order());
    }

    [Fact]
    public void A_table_that_is_marked_already_is_marked_once()
    {
        var once = With(Text, Row("R12", ("event", "a")));
        var twice = With(once, Row("R12", ("event", "b")));
        Assert.Equal(once.Replace("\"a\"", "\"b\"", StringComparison.Ordinal), twice);
        Assert.Equal(twice, With(twice.Replace("= true", "= false", StringComparison.Ordinal), Row("R12", ("event", "b"))));
    }

    [Fact]
    public void A_file_that_is_not_in_order_is_refused() =>
        Assert.Throws<VariantFileException>(() => With("name = \"x\"\nbroken", Row("R12", ("event", "a"))));

    /// <summary>The committed files are what this is for.</summary>
    [Fact]
    public void Every_committed_file_takes_a_row_and_loses_nothing()
    {
        foreach (var path in Directory.GetFiles(RepositoryRoot.Of("linux-patch"), "variant.toml", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(path);
            var before = VariantFile.Parse(path, text);
            foreach (var (scenario, expected) in before.Expect)
            {
                var written = With(text, Row(scenario, [.. expected.Observables.Keys.Select(key => (key, "seen"))]));
                var lines = written.Split('\n');
                Assert.Equal(text.Split('\n').Length + 1, lines.Length);
                Assert.Equal(expected.Observables.Count, lines.Count(line => line.Contains("\"seen\"", StringComparison.Ordinal)));
                foreach (var (other, held) in VariantFile.Parse(path, written).Expect)
                {
                    var values = before.Expect[other].Observables.Select(pair => $"{pair.Key}={(other == scenario ? "seen" : pair.Value)}");
                    Assert.Equal(values, held.Observables.Select(pair => $"{pair.Key}={pair.Value}"));
                }
            }
        }
    }
}
