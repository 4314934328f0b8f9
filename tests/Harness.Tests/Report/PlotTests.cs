using System.Globalization;
using System.Text.RegularExpressions;
using Faultline.Harness.Report;
using Faultline.Harness.Report.Plots;

namespace Faultline.Harness.Tests.Report;

/// <summary>A plot shows what it was given, in the right place.</summary>
public partial class PlotTests
{
    private static readonly PlotAxis Even = new("even", Base: null, value => value.ToString(CultureInfo.InvariantCulture));
    private static readonly PlotAxis Tens = new("tens", Base: 10, value => value.ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void Marks_are_powers_or_round_numbers()
    {
        Assert.Equal([1, 10, 100, 1000], Tens.Ticks(1, 1000));
        Assert.Equal([0.01, 0.1], Tens.Ticks(0.005, 0.9));
        Assert.Equal([0, 20, 40, 60, 80, 100], Even.Ticks(0, 100));
        Assert.Equal([0, 0.5, 1, 1.5], Even.Ticks(0, 1.7).Select(tick => Math.Round(tick, 9)));
        Assert.Equal([4.0, 16, 64], (Tens with { Base = 4 }).Ticks(3, 255));
    }

    [Fact]
    public void Equal_factors_are_equal_steps()
    {
        Assert.Equal(0.5, Tens.Place(10, 1, 100), 9);
        Assert.Equal(0.5, Even.Place(50, 0, 100), 9);
    }

    [Fact]
    public void A_line_goes_from_corner_to_corner_and_the_legend_names_what_is_drawn()
    {
        var svg = Draw(new Plot("<title>", Tens, Tens, [new("a & b", [new(1, 1), new(10, 10), new(100, 100)]), new("not drawn", [])]));
        var points = Points().Match(svg).Groups[1].Value.Split(' ').Select(point => point.Split(',').Select(Number).ToArray()).ToArray();
        Assert.Equal(points[1][0] - points[0][0], points[2][0] - points[1][0], 0.2);
        Assert.Equal(points[1][1] - points[0][1], points[2][1] - points[1][1], 0.2);
        Assert.True(points[0][0] < points[2][0] && points[0][1] > points[2][1]);
        Assert.Contains("&lt;title&gt;", svg, StringComparison.Ordinal);
        Assert.Contains("a &amp; b, 10: 10", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("not drawn", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flat_line_and_a_single_point_have_a_place()
    {
        var svg = Draw(new Plot("flat", Even, Tens, [new("one", [new(0, 5), new(1, 5)]), new("two", [new(0, 5)])]));
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", svg, StringComparison.Ordinal);
        Assert.Equal("", Draw(new Plot("none", Even, Even, [])));
    }

    private static string Draw(Plot plot)
    {
        var html = new Html();
        SvgPlot.Write(html, plot, number: 1);
        return html.ToString();
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("points=\"([^\"]*)\"")]
    private static partial Regex Points();
}
