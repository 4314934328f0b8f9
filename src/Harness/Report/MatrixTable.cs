using Faultline.Harness.Results;

namespace Faultline.Harness.Report;

/// <summary>The side-by-side table of scenarios and kernels.</summary>
internal static class MatrixTable
{
    public static void Write(Html html, RunReport report)
    {
        var matrix = Matrix.Of(report);
        if (matrix.Rows.IsEmpty)
            return;
        html.Raw("<h2>Side by side</h2><div class=\"tools\"><button data-show=\"all\" aria-pressed=\"true\">all rows</button>")
            .Raw("<button data-show=\"differing\" aria-pressed=\"false\">differing</button><button data-show=\"failing\" aria-pressed=\"false\">failing</button>")
            .Raw("<input type=\"search\" placeholder=\"row or word\" aria-label=\"filter rows\"></div>");
        Legend.Write(html);
        html.Raw("<div class=\"legend\"><span><i style=\"background:var(--accent-bg)\"></i>")
            .Raw("observed something else than the first kernel, its values in bold</span>")
            .Raw("<span><i style=\"background:var(--fail-bg)\"></i>not what this kernel's profile expects</span>")
            .Raw("<span>click a cell: expected beside observed</span></div>\n");
        html.Raw("<div class=\"scroll\"><table class=\"matrix stacked\" id=\"rows\"><thead><tr><th>row</th><th>scenario</th>");
        foreach (var kernel in matrix.Kernels)
            html.Raw("<th>").Text(kernel).Raw("</th>");
        html.Raw("</tr></thead><tbody>\n");
        foreach (var row in matrix.Rows)
            Row(html, row, matrix.Kernels);
        html.Raw("</tbody></table></div>\n");
    }

    /// <summary>The anchor of a row on the page.</summary>
    public static string Anchor(string row) => $"row-{row}";

    private static void Row(Html html, MatrixRow row, IReadOnlyList<string> kernels)
    {
        var failing = row.Cells.Any(cell => cell.Test?.Outcome.SpeaksAgainst() == true);
        html.Raw($"<tr class=\"{(row.Cells.Any(cell => cell.Differs) ? "differing" : "")}{(failing ? " failing" : "")}\" id=\"")
            .Text(Anchor(row.Label)).Raw("\"><td class=\"row\" title=\"").Text(row.About ?? "").Raw("\">").Text(row.Label)
            .Raw("</td><td class=\"name\" title=\"").Text(row.About ?? "").Raw("\">").Text(row.Name == row.Label ? "" : row.Name).Raw("</td>");
        foreach (var (kernel, cell) in kernels.Zip(row.Cells))
            Cell(html, kernel, cell);
        html.Raw("</tr>\n");
    }

    private static void Cell(Html html, string kernel, MatrixCell cell)
    {
        var outcome = cell.Test is { Outcome: not TestOutcome.Passed } noPass ? " " + noPass.Outcome.Name() : "";
        html.Raw($"<td class=\"cell mono{outcome}{(cell.Differs ? " differs" : "")}\" data-label=\"").Text(kernel).Raw("\">");
        if (cell.Test is not { } test || (test.Observed.IsEmpty && test.Reason is null))
        {
            html.Text(cell.Outcome).Raw("</td>");
            return;
        }

        html.Raw("<details><summary title=\"").Text(test.Reason ?? string.Join("\n", ReportText.Comparison(test))).Raw("\">");
        Summary(html, cell);
        html.Raw("</summary>");
        if (test.Reason is { } reason)
            html.Raw("<div class=\"soft\">").Text(reason).Raw("</div>");
        if (!test.Observed.IsEmpty || !test.Expected.IsEmpty)
        {
            html.Raw("<table class=\"seen\"><tr><th></th><th>observed</th><th>expected</th></tr>");
            foreach (var key in test.Expected.Keys.Union(test.Observed.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                var observed = test.Observed.GetValueOrDefault(key, "–");
                var expected = test.Expected.GetValueOrDefault(key, "–");
                html.Raw("<tr><td>").Text(key).Raw(expected != "–" && expected != observed ? "</td><td class=\"off\">" : "</td><td>").Text(observed)
                    .Raw("</td><td>").Text(expected).Raw("</td></tr>");
            }

            html.Raw("</table>");
        }

        html.Raw("</details></td>");
    }

    private static void Summary(Html html, MatrixCell cell)
    {
        if (cell.Test!.Observed.IsEmpty)
        {
            html.Text(cell.Outcome);
            return;
        }

        foreach (var (observable, value) in cell.Test.Observed)
            html.Raw(cell.IsDifferent(observable) ? "<span class=\"o d\"><i>" : "<span class=\"o\"><i>").Text(observable).Raw("</i> ").Text(value).Raw("</span> ");
    }
}
