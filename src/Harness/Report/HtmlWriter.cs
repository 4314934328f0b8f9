using System.Globalization;
using System.Text;
using Faultline.Harness.Judging;
using Faultline.Harness.Results;

namespace Faultline.Harness.Report;

/// <summary><c>index.html</c>: one file without external parts, so that it can be mailed or kept as a CI artifact.</summary>
internal static class HtmlWriter
{
    public static string Write(RunReport report)
    {
        var html = new Html();
        html.Raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">")
            .Raw("<title>").Text($"Faultline: {report.Verdict.Name()}").Raw("</title><style>").Raw(Resource("report.css")).Raw("</style></head><body><main>\n");
        Header(html, report);
        // Whoever has to act must not look for it behind what others want to know.
        var isPass = report.Verdict == VerdictKind.Pass;
        if (isPass)
            ArgumentSection.WriteAnswer(html, report);
        html.Raw("<h2>Kernels</h2>");
        if (report.Argument is not null)
        {
            html.Raw("<p class=\"soft\">A kernel passes when every test saw what is predicted for it. What is predicted need not be good: ")
                .Raw("that is in the answer and the findings.</p>");
        }

        html.Raw("<section class=\"cards\">");
        foreach (var kernel in report.Kernels)
            KernelCard.Write(html, kernel);
        html.Raw("</section>\n");
        RunSection.WriteChanges(html, report);
        FailureSection.Write(html, report);
        if (!isPass)
            ArgumentSection.WriteAnswer(html, report);
        ArgumentSection.WriteArgument(html, report);
        ArgumentSection.WriteFigures(html, report);
        MatrixTable.Write(html, report);
        Controls(html, report);
        Abi(html, report);
        ThreeWayTables.Write(html, report);
        Generated(html, report);
        Phases(html, report);
        RunSection.WriteOrigin(html, report);
        html.Raw("<footer>").Text($"Data: results.json, schema {report.Schema}. Exit codes and verdicts: docs/exit-codes.md.").Raw("</footer>");
        return html.Raw("</main><script>").Raw(Resource("report.js")).Raw("</script></body></html>\n").ToString();
    }

    private static void Header(Html html, RunReport report)
    {
        var time = report.Started.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        html.Raw("<header class=\"run\"><h1>Faultline</h1>").Badge(report.Verdict)
            .Raw("<span class=\"soft\">").Text($"exit {report.ExitCode} · {time} · {ReportText.Seconds(report.Seconds)}").Raw("</span></header>\n");
    }

    private static void Controls(Html html, RunReport report)
    {
        var controls = report.Kernels.SelectMany(kernel => kernel.Controls.Select(control => (kernel.Name, control))).ToList();
        if (controls.Count == 0)
            return;
        var titles = ReportText.Titles(report);
        html.Raw("<h2>Negative control</h2><p class=\"soft\">Each variant's suite on the kernel without its series: every promise must fail there, the way that kernel behaves.</p><section class=\"cards\">");
        foreach (var (kernel, control) in controls)
        {
            var bad = control.Verdict != VerdictKind.Pass;
            html.Raw(bad ? "<article class=\"card bad\">" : "<article class=\"card\">")
                .Raw("<div class=\"head\"><h3>").Text($"{control.Variant} on {kernel}").Raw("</h3>").Badge(control.Verdict).Raw("</div><p>").Text(control.Summary).Raw("</p>");
            html.List(control.Unexpected).Excerpt(control.Excerpt).List(control.Notes.Select(note => $"Note: {note}"));
            if (!control.ExpectedFailures.IsEmpty)
            {
                html.Raw("<details style=\"margin-top:10px\"><summary class=\"soft\">").Text($"▸ {control.ExpectedFailures.Length} expected failures").Raw("</summary><table class=\"seen\">");
                foreach (var failure in control.ExpectedFailures)
                    html.Raw("<tr><td>").Text(failure.Row ?? "").Raw("</td><td>").Text(titles(failure.Id)).Raw("</td><td class=\"mono\">").Text(failure.Observation).Raw("</td></tr>");
                html.Raw("</table></details>");
            }

            KernelCard.Links(html, control.Paths);
            html.Raw("</article>");
        }

        html.Raw("</section>\n");
    }

    private static void Abi(Html html, RunReport report)
    {
        var changed = report.Kernels.Where(kernel => !kernel.Abi.IsEmpty).ToList();
        if (changed.Count == 0)
            return;
        html.Raw("<h2>What the series did to the uapi</h2><section class=\"cards\">");
        foreach (var kernel in changed)
        {
            html.Raw("<article class=\"card\"><h3>").Text(kernel.Name).Raw("</h3>").List(kernel.Abi, "reasons mono").Raw("</article>");
        }

        html.Raw("</section>\n");
    }

    private static void Generated(Html html, RunReport report)
    {
        var suites = report.Kernels
            .SelectMany(kernel => kernel.Results.Where(test => test.Suite != "scenario").GroupBy(test => test.Suite, StringComparer.Ordinal)
                .Select(group => (kernel.Name, Suite: group.Key, Totals: TestReport.Totals([.. group]), Skipped: group.Where(test => test.Outcome == TestOutcome.Skipped).ToList())))
            .ToList();
        if (suites.Count == 0)
            return;
        html.Raw("<h2>Other suites</h2><div class=\"scroll\"><table class=\"matrix stacked\"><thead><tr><th>kernel</th><th>suite</th><th>passed</th><th>failed</th><th>skipped</th></tr></thead><tbody>");
        foreach (var (kernel, suite, totals, skipped) in suites)
        {
            html.Raw("<tr><td class=\"row\">").Text(kernel).Raw("</td><td>").Text(suite)
                .Raw($"</td><td data-label=\"passed\">{totals.Passed}</td><td data-label=\"failed\"{(totals.Failed > 0 ? " class=\"failed\"" : "")}>{totals.Failed}</td><td data-label=\"skipped\">");
            if (skipped.Count == 0)
                html.Raw("0");
            else
            {
                html.Raw($"<details><summary>{skipped.Count} ▸</summary><table class=\"seen\">");
                foreach (var test in skipped)
                    html.Raw("<tr><td>").Text(test.Id).Raw("</td><td>").Text(test.Reason ?? "").Raw("</td></tr>");
                html.Raw("</table></details>");
            }

            html.Raw("</td></tr>");
        }

        html.Raw("</tbody></table></div>\n");
    }

    private static void Phases(Html html, RunReport report)
    {
        var longest = report.Kernels.SelectMany(kernel => kernel.Phases).Select(phase => phase.Seconds).DefaultIfEmpty(0).Max();
        if (longest <= 0)
            return;
        html.Raw("<h2>Where the time went</h2><section class=\"cards\">");
        foreach (var kernel in report.Kernels.Where(kernel => !kernel.Phases.IsEmpty))
        {
            html.Raw("<article class=\"card\"><h3>").Text(kernel.Name).Raw("</h3><table class=\"phases\">");
            foreach (var phase in kernel.Phases)
            {
                var width = (100 * phase.Seconds / longest).ToString("0.##", CultureInfo.InvariantCulture);
                html.Raw(phase.Cached ? "<tr class=\"cached\"><td>" : "<tr><td>").Text(phase.Name)
                    .Raw("<div class=\"soft\">").Text(phase.Reason).Raw("</div>")
                    .Raw($"</td><td class=\"track\"><div class=\"fill\" style=\"width:{width}%\"></div></td><td class=\"num\">")
                    .Text(phase.Cached ? "cached" : ReportText.Seconds(phase.Seconds)).Raw("</td></tr>");
            }

            html.Raw("</table></article>");
        }

        html.Raw("</section>\n");
    }

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlWriter).Assembly.GetManifestResourceStream($"Faultline.Harness.Report.{name}")!;
        return new StreamReader(stream, Encoding.UTF8).ReadToEnd();
    }
}
