using System.Globalization;

namespace Faultline.Harness.Report.Plots;

/// <summary>
/// Draws a plot as SVG inside the page. Its colours are those of the sheet, so that it follows the theme; lines differ by their dashes as
/// well.
/// </summary>
internal static class SvgPlot
{
    private const int Width = 560, Height = 330, Left = 84, Right = 16, Top = 12, Bottom = 46;
    private const string Prefix = "plot";

    public static void Write(Html html, Plot plot, int number)
    {
        var all = plot.Lines.SelectMany(line => line.Points).ToList();
        if (all.Count == 0)
            return;
        var across = Ends(plot.Across, all.Select(point => point.X));
        var up = plot.Up.Whole(Ends(plot.Up, all.Select(point => point.Y)));
        html.Raw($"<figure class=\"plot card\"><h3 id=\"{Prefix}-{number}\">").Text(plot.Title)
            .Raw($"</h3><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"{Prefix}-{number}\">");
        foreach (var tick in plot.Across.Ticks(across.Least, across.Most))
            Tick(html, plot.Across, tick, X(plot, across, tick), isAcross: true);
        foreach (var tick in plot.Up.Ticks(up.Least, up.Most))
            Tick(html, plot.Up, tick, Y(plot, up, tick), isAcross: false);
        var (middle, height) = ((Left + Width - Right) / 2, (Top + Height - Bottom) / 2);
        html.Raw($"<text class=\"title\" x=\"{middle}\" y=\"{Height - 6}\" text-anchor=\"middle\">").Text(plot.Across.Title)
            .Raw($"</text><text class=\"title\" transform=\"translate(13 {height}) rotate(-90)\" text-anchor=\"middle\">")
            .Text(plot.Up.Title).Raw("</text>");
        foreach (var (place, line) in Looks(plot))
        {
            var drawn = line.Points.Select(point => (X: X(plot, across, point.X), Y: Y(plot, up, point.Y), Point: point)).ToList();
            var points = drawn.Select(at => $"{Number(at.X)},{Number(at.Y)}");
            html.Raw($"<polyline class=\"line s{place}\" points=\"{string.Join(' ', points)}\"/>");
            foreach (var (x, y, point) in drawn)
            {
                html.Raw($"<circle class=\"dot s{place}\" cx=\"{Number(x)}\" cy=\"{Number(y)}\" r=\"3\"><title>")
                    .Text($"{line.Name}, {plot.Across.Text(point.X)}: {plot.Up.Text(point.Y)}").Raw("</title></circle>");
            }
        }

        html.Raw("</svg><ul class=\"key\">");
        foreach (var (place, line) in Looks(plot).Where(line => !line.Line.Points.IsEmpty))
        {
            html.Raw("<li><svg viewBox=\"0 0 30 8\" width=\"30\" height=\"8\" aria-hidden=\"true\">")
                .Raw($"<path class=\"line s{place}\" d=\"M0 4h30\"/></svg>").Text(line.Name).Raw("</li>");
        }

        html.Raw("</ul><figcaption class=\"soft\">").Text(plot.Note).Raw("</figcaption></figure>");
    }

    /// <summary>The look of each line: what goes by the same name looks the same in every plot.</summary>
    private static IEnumerable<(int Look, PlotLine Line)> Looks(Plot plot) =>
        plot.Lines.Index().Select(line => (line.Item.Look ?? line.Index, line.Item));

    private static void Tick(Html html, PlotAxis axis, double value, double at, bool isAcross)
    {
        (string Line, double X, double Y, string Anchor) mark = isAcross
            ? ($"M{Number(at)} {Top}V{Height - Bottom}", at, Height - Bottom + 16, "middle")
            : ($"M{Left} {Number(at)}H{Width - Right}", Left - 6, at + 4, "end");
        html.Raw($"<path class=\"grid\" d=\"{mark.Line}\"/>")
            .Raw($"<text x=\"{Number(mark.X)}\" y=\"{Number(mark.Y)}\" text-anchor=\"{mark.Anchor}\">")
            .Text(axis.Text(value)).Raw("</text>");
    }

    /// <summary>A linear axis begins at zero: what is twice as long must look so.</summary>
    private static (double Least, double Most) Ends(PlotAxis axis, IEnumerable<double> values)
    {
        var all = values.ToList();
        var (least, most) = axis.IsLogarithmic ? (all.Min(), all.Max()) : (Math.Min(0, all.Min()), all.Max());
        return least.Equals(most) ? (least, axis.IsLogarithmic ? most * 10 : most + 1) : (least, most);
    }

    private static double X(Plot plot, (double Least, double Most) ends, double value) =>
        Left + (plot.Across.Place(value, ends.Least, ends.Most) * (Width - Left - Right));

    private static double Y(Plot plot, (double Least, double Most) ends, double value) =>
        Height - Bottom - (plot.Up.Place(value, ends.Least, ends.Most) * (Height - Top - Bottom));

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
