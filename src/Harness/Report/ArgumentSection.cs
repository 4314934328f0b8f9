using System.Globalization;
using Faultline.Harness.Argument;
using Faultline.Harness.Bench.Feature;
using Faultline.Harness.Bench.Feature.Tables;
using Faultline.Harness.Report.Plots;

namespace Faultline.Harness.Report;

/// <summary>The answer to the question that the variants are there for, with all that it rests on.</summary>
internal static class ArgumentSection
{
    public static void WriteAnswer(Html html, RunReport report)
    {
        if (report.Argument is not { } argument)
            return;
        var evidence = new EvidenceList(html, report);
        html.Raw("<section class=\"answer card\"><h2>").Text(argument.Question).Raw("</h2>");
        if (argument.Short is { } inShort)
            html.Raw("<p class=\"short\">").Text(inShort).Raw("</p>");
        html.Raw("<p class=\"soft\">").Text(argument.Source).Raw("</p><ol>");
        foreach (var answer in argument.Answers)
        {
            html.Raw("<li>");
            if (answer.Standing != Standing.Holds)
                html.Standing(answer).Raw(" ");
            if (answer is { Standing: Standing.Holds, Means: { } means })
                html.Raw("<b>").Text(means).Raw("</b> ");
            html.Text(answer.Says).Raw("<details class=\"rests\" open><summary class=\"soft\">▸ evidence</summary>");
            evidence.Write(answer.Evidence);
            html.Raw("</details>");
            html.Raw("</li>");
        }

        html.Raw("</ol>");
        GlanceTable.Write(html, report, argument);
        html.Raw("<p class=\"soft\">").Text(FiguresOf(argument));
        foreach (var open in argument.Claims.Where(claim => claim.Ask is not null))
            html.Text($" Not measured in this run: {open.Who}, “{open.Says}” (").Raw("<code>").Text(open.Ask!).Raw("</code>).");
        html.Raw("</p></section>\n");
    }

    public static void WriteArgument(Html html, RunReport report)
    {
        if (report.Argument is not { } argument)
            return;
        var evidence = new EvidenceList(html, report);
        html.Raw("<h2>What was said, and what was seen</h2>");
        Head(html, ["who", "said", "verdict", "evidence"]);
        foreach (var claim in argument.Claims)
        {
            html.Raw("<tr><td class=\"row\">").Text(claim.Who ?? "").Raw("</td><td class=\"said\">").Text(claim.Says);
            if (claim.Means is { } means && claim.Standing != Standing.NotMeasured)
                html.Raw("<br><span class=\"soft\">").Text(means).Raw("</span>");
            html.Raw("</td><td data-label=\"verdict\">").Standing(claim).Raw("</td><td data-label=\"evidence\">");
            evidence.Write(claim.Evidence, isNeutral: true, claim.Ask);
            html.Raw("</td></tr>");
        }

        html.Raw("</tbody></table></div><h2>Findings</h2>");
        Head(html, ["severity", "finding", "evidence"]);
        foreach (var finding in argument.Findings.Where(finding => finding.Standing is not Standing.DoesNotHold))
        {
            html.Raw("<tr><td class=\"row\">").Severity(finding.Severity).Raw("</td><td class=\"said\">");
            if (finding.Standing != Standing.Holds)
                html.Standing(finding).Raw(" ");
            html.Text(finding.Says).Raw("</td><td data-label=\"evidence\">");
            evidence.Write(finding.Evidence);
            html.Raw("</td></tr>");
        }

        html.Raw("</tbody></table></div>\n");
    }

    public static void WriteFigures(Html html, RunReport report)
    {
        if (report is not { Figures: { } figures, Argument.Figures: { } source })
            return;
        html.Raw("<h2 id=\"figures\">Figures</h2><p class=\"soft\">").Text($"{source.Machine} To measure again: ")
            .Raw("<code>").Text(source.Command).Raw("</code></p><section class=\"plots\">");
        foreach (var (number, plot) in FeaturePlots.Of(figures).Index())
            SvgPlot.Write(html, plot, number);
        html.Raw("</section><p class=\"soft\">").Text(Ways.Legend)
            .Raw($"</p><details class=\"more\" id=\"{EvidenceList.Tables}\"><summary class=\"soft\">▸ all tables</summary>");
        foreach (var table in FeatureTables.Of(figures))
            Table(html, table);
        html.Raw("</details>\n");
    }

    /// <summary>A sentence on the source of the figures.</summary>
    public static string FiguresOf(ArgumentReport argument) => argument.Figures switch
    {
        null => "No figures: run 'faultline bench --only feature', then this again.",
        { OtherBuilds.Length: > 0 } figures =>
            $"{Measured(figures)} They are of other builds of {string.Join(", ", figures.OtherBuilds)} than those tested here.",
        var figures => Measured(figures),
    };

    private const string Emulated =
        " Times compare designs on an emulated CPU (TCG); where they differ by little, a real one may say the opposite. Events and page "
        + "tables do not depend on it.";

    private static string Measured(FigureSource figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"Figures: {figures.File}, measured {figures.Measured:yyyy-MM-dd HH:mm} UTC.{(figures.IsEmulated ? Emulated : "")}");

    private static void Head(Html html, IEnumerable<string> columns)
    {
        html.Raw("<div class=\"scroll\"><table class=\"matrix stacked\"><thead><tr>");
        foreach (var column in columns)
            html.Raw("<th>").Text(column).Raw("</th>");
        html.Raw("</tr></thead><tbody>");
    }

    private static void Table(Html html, FeatureTable table)
    {
        html.Raw("<h3 class=\"table\">").Text(table.Title).Raw("</h3>");
        Head(html, table.Header);
        foreach (var row in table.Rows)
        {
            html.Raw("<tr><td class=\"row\">").Text(row[0]).Raw("</td>");
            foreach (var (column, cell) in table.Header.Zip(row).Skip(1))
                html.Raw("<td data-label=\"").Text(column).Raw("\">").Text(cell).Raw("</td>");
            html.Raw("</tr>");
        }

        html.Raw("</tbody></table></div><p class=\"soft\">").Text(table.Note).Raw("</p>");
    }
}
