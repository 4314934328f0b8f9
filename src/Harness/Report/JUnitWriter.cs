using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Faultline.Harness.Judging;
using Faultline.Harness.Results;

namespace Faultline.Harness.Report;

/// <summary>
/// One JUnit file for a kernel: a suite for each kind of test, one for the verdict itself (a splat fails the file although every test
/// passed), and on the control one for each variant, where an expected failure is a passed case that says what it saw.
/// </summary>
internal static class JUnitWriter
{
    public static string Write(KernelReport kernel, DateTimeOffset started)
    {
        var suites = new List<XElement> { VerdictSuite(kernel) };
        suites.AddRange(kernel.Results.GroupBy(test => test.Suite, StringComparer.Ordinal)
            .Select(group => Suite($"{kernel.Name}.{group.Key}", group.Select(test => Case(kernel.Name, test)))));
        suites.AddRange(kernel.Controls.Select(control => ControlSuite(kernel.Name, control)));
        foreach (var suite in suites)
            suite.Add(new XAttribute("timestamp", started.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)));

        var root = new XElement("testsuites", new XAttribute("name", Clean(kernel.Name)), Total("tests"), Total("failures"), Total("errors"), Total("skipped"), suites);
        return new XDeclaration("1.0", "utf-8", null) + "\n" + root + "\n";

        XAttribute Total(string name) => new(name, suites.Sum(suite => (int)suite.Attribute(name)!));
    }

    private static XElement VerdictSuite(KernelReport kernel)
    {
        var test = new XElement("testcase", new XAttribute("classname", Clean($"{kernel.Name}.verdict")), new XAttribute("name", "verdict"), new XAttribute("time", "0"));
        if (kernel.Verdict != VerdictKind.Pass)
        {
            var text = string.Join('\n', kernel.Reasons.Append(kernel.Excerpt ?? "")).Trim();
            test.Add(Problem(kernel.Verdict == VerdictKind.Failed ? "failure" : "error", kernel.Verdict.Name(), kernel.Summary, text));
        }

        return Suite($"{kernel.Name}.verdict", [test]);
    }

    private static XElement ControlSuite(string kernel, ControlReport control)
    {
        var name = $"{kernel}.control.{control.Variant}";
        var cases = control.ExpectedFailures.Select(failure => new XElement(
            "testcase", new XAttribute("classname", Clean(name)), new XAttribute("name", Clean($"{failure.Id} fails without the series")), new XAttribute("time", "0"),
            new XElement("system-out", Clean($"observed: {failure.Observation}")))).ToList();
        if (control.Verdict != VerdictKind.Pass)
        {
            cases.Add(new XElement(
                "testcase", new XAttribute("classname", Clean(name)), new XAttribute("name", "control"), new XAttribute("time", "0"),
                Problem("failure", control.Verdict.Name(), control.Summary, string.Join('\n', control.Unexpected))));
        }

        return Suite(name, cases);
    }

    private static XElement Suite(string name, IEnumerable<XElement> cases)
    {
        var list = cases.ToList();
        return new XElement(
            "testsuite",
            new XAttribute("name", Clean(name)),
            new XAttribute("tests", list.Count),
            new XAttribute("failures", Having("failure")),
            new XAttribute("errors", Having("error")),
            new XAttribute("skipped", Having("skipped")),
            new XAttribute("time", list.Sum(test => (double)test.Attribute("time")!).ToString("0.######", CultureInfo.InvariantCulture)),
            list);

        int Having(string child) => list.Count(test => test.Element(child) is not null);
    }

    private static XElement Case(string kernel, TestReport test)
    {
        var element = new XElement(
            "testcase",
            new XAttribute("classname", Clean($"{kernel}.{test.Suite}")),
            new XAttribute("name", Clean(test.Row is null || test.Name.StartsWith(test.Row, StringComparison.Ordinal) ? test.Name : $"{test.Row} {test.Name}")),
            new XAttribute("time", test.Seconds.ToString("0.######", CultureInfo.InvariantCulture)));
        switch (test.Outcome)
        {
            case TestOutcome.Failed:
                element.Add(Problem("failure", "conformance", test.Reason ?? "failed", test.Details ?? ""));
                break;
            case TestOutcome.Missing:
                element.Add(Problem("error", "missing", test.Reason ?? "no result", ""));
                break;
            case TestOutcome.Skipped:
                element.Add(new XElement("skipped", new XAttribute("message", Clean(test.Reason ?? ""))));
                break;
        }

        if (!test.Observed.IsEmpty)
            element.Add(new XElement("system-out", Clean(string.Join('\n', ReportText.Comparison(test)))));
        return element;
    }

    private static XElement Problem(string kind, string type, string message, string text) =>
        new(kind, new XAttribute("type", Clean(type)), new XAttribute("message", Clean(message)), Clean(text));

    // XML 1.0 has no way to write most control characters; a guest may send any of them.
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\uFFFD"));
}
