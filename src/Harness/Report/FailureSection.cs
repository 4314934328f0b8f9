using Faultline.Harness.Judging;
using Faultline.Harness.Results;

namespace Faultline.Harness.Report;

/// <summary>What went wrong, kernel by kernel: first what the kernel said, then each test with what was expected beside what was observed.</summary>
internal static class FailureSection
{
    public static void Write(Html html, RunReport report)
    {
        var failed = report.Kernels.Where(kernel => kernel.Verdict != VerdictKind.Pass).ToList();
        if (failed.Count == 0)
            return;
        html.Raw("<h2>What went wrong</h2><section class=\"stack\">");
        foreach (var kernel in failed)
        {
            html.Raw("<article class=\"card bad\"><div class=\"head\"><h3>").Text($"{kernel.Name}: {kernel.Summary}").Raw("</h3>").Badge(kernel.Verdict).Raw("</div>");
            html.List(FailureText.OtherReasons(kernel)).Excerpt(kernel.Excerpt);
            Tests(html, [.. kernel.Results.Where(test => test.Outcome == TestOutcome.Failed)]);
            Missing(html, [.. kernel.Results.Where(test => test.Outcome == TestOutcome.Missing)]);
            KernelCard.Links(html, kernel.Paths);
            html.Raw("</article>");
        }

        html.Raw("</section>\n");
    }

    private static void Tests(Html html, IReadOnlyList<TestReport> tests)
    {
        if (tests.Count == 0)
            return;
        html.Raw("<div class=\"wide\"><table class=\"failures stacked\"><thead><tr><th>row</th><th>test</th><th>what</th><th>expected</th><th>observed</th></tr></thead><tbody>");
        foreach (var test in tests)
        {
            var differences = FailureText.Differences(test);
            var span = Math.Max(1, differences.Count);
            html.Raw($"<tr class=\"first\"><td rowspan=\"{span}\" class=\"row\" title=\"").Text(test.About ?? "").Raw("\">").Text(test.Row ?? "").Raw($"</td><td rowspan=\"{span}\">");
            Name(html, test);
            html.Raw("</td>");
            if (differences.Count == 0)
                html.Raw("<td colspan=\"3\">").Text(test.Reason ?? "failed").Raw("</td>");
            for (var i = 0; i < differences.Count; i++)
            {
                var (observable, expected, observed) = differences[i];
                html.Raw(i == 0 ? "" : "</tr><tr>").Raw("<td class=\"soft\" data-label=\"what\">").Text(observable).Raw("</td><td class=\"mono\" data-label=\"expected\">").Text(expected)
                    .Raw("</td><td class=\"mono off\" data-label=\"observed\">").Text(observed).Raw("</td>");
            }

            html.Raw("</tr>");
        }

        html.Raw("</tbody></table></div>");
    }

    private static void Name(Html html, TestReport test)
    {
        var name = ReportText.Title(test);
        if (string.IsNullOrWhiteSpace(test.Details))
            html.Text(name);
        else
            html.Raw("<details><summary>").Text(name).Raw(" <span class=\"soft\">▸</span></summary><pre>").Text(test.Details).Raw("</pre></details>");
    }

    private static void Missing(Html html, IReadOnlyList<TestReport> tests)
    {
        if (tests.Count == 0)
            return;
        html.Raw("<details class=\"more\"><summary class=\"soft\">").Text($"▸ {tests.Count} planned {(tests.Count == 1 ? "test has" : "tests have")} no result")
            .Raw("</summary>").List(tests.Select(FailureText.WithoutResult)).Raw("</details>");
    }
}
