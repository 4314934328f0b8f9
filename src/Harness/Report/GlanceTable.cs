using Faultline.Harness.Argument;

namespace Faultline.Harness.Report;

/// <summary>All kernels next to each other in a few lines, under the answer.</summary>
internal static class GlanceTable
{
    public static void Write(Html html, RunReport report, ArgumentReport argument)
    {
        if (argument.Glances.IsEmpty)
            return;
        html.Raw("<div class=\"glance\"><table class=\"matrix stacked\"><thead><tr><th>at a glance</th>");
        var headings = report.Kernels.Select(kernel => Heading(report, kernel.Name)).ToList();
        foreach (var heading in headings)
            html.Raw("<th>").Text(heading).Raw("</th>");
        html.Raw("</tr></thead><tbody>");
        foreach (var line in argument.Glances)
        {
            html.Raw("<tr><td class=\"said\">").Text(line.Says).Raw("</td>");
            foreach (var (heading, cell) in headings.Zip(line.Cells))
                html.Raw("<td data-label=\"").Text(heading).Raw("\">").Text(cell.Met is null ? "–" : cell.Value).Raw("</td>");
            html.Raw("</tr>");
        }

        html.Raw("</tbody></table></div>");
    }

    /// <summary>The design by which people know it, where the benchmark saw one.</summary>
    private static string Heading(RunReport report, string kernel) =>
        report.Figures?.Kernels.FirstOrDefault(measured => measured.Where == kernel)?.Design is { } design
            ? $"{design} ({kernel})" : kernel;
}
