using System.Globalization;
using System.Text.RegularExpressions;
using Faultline.Harness.Report;

namespace Faultline.Harness.Tests.Report;

/// <summary>The page can be read: contrast as WCAG 2 asks of text at level AA, in both themes, and tables that fold up on a narrow screen.</summary>
public sealed partial class StyleTests
{
    private const double Enough = 4.5;

    private static readonly string Css = Regex.Match(HtmlWriter.Write(SampleRun.Report), "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;

    /// <summary>Text on what it may stand on: any of these words on any of these surfaces, and what a badge pairs.</summary>
    private static readonly IEnumerable<(string Text, string Surface)> Pairs =
        from text in new[] { "ink", "soft", "accent", "fail" }
        from surface in new[] { "bg", "card", "code", "accent-bg", "fail-bg" }
        select (text, surface);

    private static readonly (string Text, string Surface)[] Badges = [("pass", "pass-bg"), ("warn", "warn-bg"), ("fail", "fail-bg")];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Every_colour_of_text_is_readable_on_every_surface(int theme)
    {
        var colours = Themes().ElementAt(theme);
        Assert.All(Pairs.Concat(Badges), pair =>
        {
            var contrast = Contrast(colours[pair.Text], colours[pair.Surface]);
            Assert.True(contrast >= Enough, string.Create(CultureInfo.InvariantCulture, $"--{pair.Text} on --{pair.Surface}: {contrast:0.00}"));
        });
    }

    /// <summary>A colour that is written outright, or one that the pairs above do not name, would escape the test.</summary>
    [Fact]
    public void The_sheet_uses_no_other_colours()
    {
        var rules = Regex.Replace(Css, @":root\s*\{[^}]*\}", "");
        var texts = TextColour().Matches(rules).Select(match => match.Groups[1].Value).Distinct();
        Assert.Empty(texts.Except(Pairs.Select(pair => $"var(--{pair.Text})")).Except(Badges.Select(pair => $"var(--{pair.Text})")));
        string[] bare = ["var(--bar)", "var(--bar-cached)", "none", "#fff"]; // bars hold no text, and #fff is the printed page
        var surfaces = SurfaceColour().Matches(rules).Select(match => match.Groups[1].Value.Replace(" !important", "", StringComparison.Ordinal)).Distinct();
        Assert.Empty(surfaces.Except(Pairs.Concat(Badges).Select(pair => $"var(--{pair.Surface})")).Except(bare));
    }

    [Fact]
    public void The_known_ratios_come_out()
    {
        Assert.Equal(21, Contrast("#000000", "#ffffff"), 2);
        Assert.Equal(1, Contrast("#123456", "#123456"), 2);
        Assert.Equal(4.54, Contrast("#767676", "#ffffff"), 2);
    }

    /// <summary>On a narrow screen a cell stands alone, so each but the heading ones names its column.</summary>
    [Fact]
    public void Every_cell_of_a_table_that_folds_up_names_its_column()
    {
        var html = HtmlWriter.Write(SampleRun.Report);
        Assert.Matches(new Regex(@"@media \(max-width: \d+px\) \{.*\.stacked", RegexOptions.Singleline), Css);
        Assert.Equal(
            ["base", "wp-zeropage", "wp-unpopulated"],
            DataLabel().Matches(html[html.IndexOf("Side by side", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value).Take(3));
        var wide = html.Split("<table ").Skip(1).Select(table => table[..table.IndexOf('>', StringComparison.Ordinal)])
            .Where(table => table.Contains("matrix", StringComparison.Ordinal) || table.Contains("failures", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, wide.Count); // what went wrong, side by side, three sources twice, other suites
        Assert.All(wide, table => Assert.Contains("stacked", table, StringComparison.Ordinal));
        Assert.Contains("data-label=\"live kernel\"", html, StringComparison.Ordinal);
        Assert.Contains("data-label=\"observed\"", html, StringComparison.Ordinal);
        Assert.Contains("data-label=\"skipped\"", html, StringComparison.Ordinal);
    }

    private static IEnumerable<Dictionary<string, string>> Themes() => Regex.Matches(Css, @":root\s*\{([^}]*)\}")
        .Select(block => Variable().Matches(block.Groups[1].Value).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value));

    private static double Contrast(string one, string other)
    {
        var (lighter, darker) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double Luminance(string colour)
    {
        double[] weights = [0.2126, 0.7152, 0.0722];
        return weights.Select((weight, i) => weight * Linear(Convert.ToInt32(colour.Substring(1 + 2 * i, 2), 16) / 255.0)).Sum();

        static double Linear(double channel) => channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex(@"--([\w-]+):\s*(#[0-9a-f]{6})\b")]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?<![\w-])color:\s*([^;}]+)")]
    private static partial Regex TextColour();

    [GeneratedRegex(@"(?<![\w-])background(?:-color)?:\s*([^;}]+)")]
    private static partial Regex SurfaceColour();

    [GeneratedRegex("data-label=\"([^\"]*)\"")]
    private static partial Regex DataLabel();
}
