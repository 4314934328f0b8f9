using System.Text;
using Faultline.Harness.Judging;
using Faultline.Harness.Results;

namespace Faultline.Harness.Report;

/// <summary>One KTAP file for a kernel (Documentation/dev-tools/ktap.rst of the kernel tree): a nested test for each suite, then the verdict.</summary>
internal static class KtapWriter
{
    public static string Write(KernelReport kernel)
    {
        var suites = kernel.Results.GroupBy(test => test.Suite, StringComparer.Ordinal).ToList();
        var text = new StringBuilder("KTAP version 1\n");
        text.Append($"# kernel: {Line(kernel.Name)} {Line(kernel.Release ?? "(release unknown)")}\n");
        text.Append($"1..{suites.Count + 1}\n");
        var number = 0;
        foreach (var suite in suites)
            Suite(text, ++number, suite.Key, [.. suite]);

        foreach (var reason in kernel.Reasons)
            text.Append($"# {Line(reason)}\n");
        foreach (var line in (kernel.Excerpt ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            text.Append($"# {Line(line)}\n");
        text.Append($"{Ok(kernel.Verdict == VerdictKind.Pass)} {++number} verdict: {Description(kernel.Verdict.Name())}\n");
        return text.ToString();
    }

    private static void Suite(StringBuilder text, int number, string name, List<TestReport> tests)
    {
        text.Append($"  KTAP version 1\n  # Subtest: {Line(name)}\n  1..{tests.Count}\n");
        for (var i = 0; i < tests.Count; i++)
        {
            var test = tests[i];
            if (test.Outcome.SpeaksAgainst())
            {
                text.Append($"  # {Line(test.Reason ?? test.Outcome.Name())}\n");
                foreach (var line in ReportText.Comparison(test))
                    text.Append($"  # {Line(line)}\n");
            }

            // ktap.rst: a skipped test is "ok" with the SKIP directive.
            text.Append($"  {Ok(!test.Outcome.SpeaksAgainst())} {i + 1} {Description(test.Id)}");
            text.Append(test.Outcome == TestOutcome.Skipped ? $" # SKIP {Line(test.Reason ?? "")}\n" : "\n");
        }

        text.Append($"{Ok(tests.TrueForAll(test => !test.Outcome.SpeaksAgainst()))} {number} {Description(name)}\n");
    }

    private static string Ok(bool ok) => ok ? "ok" : "not ok";

    private static string Line(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    // '#' starts a directive, so no description may hold one.
    private static string Description(string text) => Line(text).Replace('#', '-').Trim() is { Length: > 0 } clean ? clean : "unnamed";
}
