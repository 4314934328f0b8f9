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
        foreach (var kernel in report.Kernels)
            html.Raw("<th>").Text(kernel.Name).Raw("</th>");
        html.Raw("</tr></thead><tbody>");
        foreach (var line in argument.Glances)
        {
            html.Raw("<tr><td class=\"said\">").Text(line.Says).Raw("</td>");
            foreach (var (kernel, cell) in report.Kernels.Zip(line.Cells))
                html.Raw("<td data-label=\"").Text(kernel.Name).Raw("\">").Text(cell.Met is null ? "–" : cell.Value).Raw("</td>");
            html.Raw("</tr>");
        }

        html.Raw("</tbody></table></div>");
    }
}
