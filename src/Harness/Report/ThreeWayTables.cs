using System.Text;

namespace Faultline.Harness.Report;

/// <summary>Header, compiled code and live kernel side by side: contradictions open, the whole table folded.</summary>
internal static class ThreeWayTables
{
    private const string Title = "Three sources of the ABI", Columns = "item,header,compiled code,live kernel";

    public static void Write(StringBuilder text, RunReport report, Func<string, string> cell)
    {
        foreach (var kernel in report.Kernels.Where(kernel => !kernel.ThreeWay.IsEmpty))
        {
            text.Append($"## {Title}: {cell(kernel.Name)}\n\n{Summary(kernel)}\n\n");
            var wrong = kernel.ThreeWay.Where(row => !row.Agrees).ToList();
            if (wrong.Count > 0)
                Table(text, wrong, cell);
            // Without the blank line the table would be text to a reader of Markdown.
            text.Append("<details><summary>all rows</summary>\n\n");
            Table(text, kernel.ThreeWay, cell);
            text.Append("</details>\n\n");
        }
    }

    public static void Write(Html html, RunReport report)
    {
        var kernels = report.Kernels.Where(kernel => !kernel.ThreeWay.IsEmpty).ToList();
        if (kernels.Count == 0)
            return;
        html.Raw($"<h2>{Title}</h2><p class=\"soft\">What the uapi header says, what the debug information of the compiled code says, and what the kernel answered in the guest.</p><section class=\"stack\">");
        foreach (var kernel in kernels)
        {
            var wrong = kernel.ThreeWay.Where(row => !row.Agrees).ToList();
            html.Raw(wrong.Count > 0 ? "<article class=\"card bad\">" : "<article class=\"card\">")
                .Raw("<h3>").Text(kernel.Name).Raw("</h3><p>").Text(Summary(kernel)).Raw("</p>");
            if (wrong.Count > 0)
                Table(html, wrong);
            html.Raw("<details><summary class=\"soft\">▸ all rows</summary>");
            Table(html, kernel.ThreeWay);
            html.Raw("</details></article>");
        }

        html.Raw("</section>\n");
    }

    private static string Summary(KernelReport kernel)
    {
        var groups = kernel.ThreeWay.GroupBy(row => row.Group).Select(group => $"{group.Count()} {group.Key}");
        var wrong = kernel.ThreeWay.Count(row => !row.Agrees);
        return $"{string.Join(", ", groups)}: {(wrong == 0 ? "all agree" : $"{wrong} contradict each other")}.";
    }

    private static void Table(StringBuilder text, IEnumerable<ThreeWayRow> rows, Func<string, string> cell)
    {
        text.Append($"| {Columns.Replace(",", " | ", StringComparison.Ordinal)} | |\n|---|---|---|---|---|\n");
        foreach (var row in rows)
            text.Append($"| {cell(row.Item)} | {cell(row.Header)} | {cell(row.Code)} | {cell(row.Live)} | {(row.Agrees ? "" : "✗")} |\n");
        text.Append('\n');
    }

    private static void Table(Html html, IEnumerable<ThreeWayRow> rows)
    {
        html.Raw("<div class=\"scroll\"><table class=\"matrix stacked\"><thead><tr>");
        foreach (var column in Columns.Split(','))
            html.Raw("<th>").Text(column).Raw("</th>");
        html.Raw("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Raw("<tr><td class=\"row\">").Text(row.Item).Raw("</td>");
            foreach (var (column, value) in Columns.Split(',').Skip(1).Zip([row.Header, row.Code, row.Live]))
                html.Raw(row.Agrees ? "<td class=\"mono\" data-label=\"" : "<td class=\"mono failed\" data-label=\"").Text(column).Raw("\">").Text(value).Raw("</td>");
            html.Raw("</tr>");
        }

        html.Raw("</tbody></table></div>");
    }
}
