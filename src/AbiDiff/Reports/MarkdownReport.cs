using System.Text;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Reports;

/// <summary>Drift for a pull request: a table, with what to do about what breaks.</summary>
public static class MarkdownReport
{
    public static string Write(DriftReport report)
    {
        var text = new StringBuilder($"### ABI drift: {Cell(report.Old)} → {Cell(report.New)}\n\n{report.Summary}\n");
        Table(text, report);
        Remedies(text, report);
        List(text, "Accepted", report.Accepted.Select(finding =>
            $"`{finding.Change.Kind.Id}` {Where(report, finding)}{Code(finding.Change.Subject)}: {Cell(finding.Accepted!)}"));
        List(text, "Accepted, and did not happen", report.Unused.Select(entry =>
            $"`{entry.Kind}` {(entry.Header.Length == 0 ? "" : $"{Code(entry.Header)} ")}{Code(entry.Subject)}"));
        List(text, "Not compared", report.Omitted.Select(omission => Cell(omission.ToString())));
        return text.ToString();
    }

    private static void Table(StringBuilder text, DriftReport report)
    {
        if (report.Findings.Count > 0)
            text.Append("\n| severity | kind | what | old | new |\n|---|---|---|---|---|\n");
        foreach (var finding in report.Findings)
        {
            var change = finding.Change;
            text.Append($"| {change.Kind.Severity.ToString().ToLowerInvariant()} | `{change.Kind.Id}` | ");
            text.Append($"{Where(report, finding)}{Code(change.Subject)}");
            text.Append(finding.Targets.Count == 0 ? "" : $" ({string.Join(", ", finding.Targets)} only)");
            text.AppendJoin("", finding.Commits.Select(commit => $" by {Code(commit.Id)} {Cell(commit.Summary)}"));
            text.Append($" | {Code(change.Old)} | {Code(change.New)} |\n");
        }
    }

    private static void Remedies(StringBuilder text, DriftReport report) => List(text, "What to do", report.Findings
        .Select(finding => finding.Change.Kind)
        .Where(kind => kind.Severity > Severity.Compatible)
        .Distinct()
        .Select(kind => $"`{kind.Id}`: {kind.Title} {kind.Remedy}"));

    private static void List(StringBuilder text, string title, IEnumerable<string> items)
    {
        var lines = items.Select(item => $"- {item}\n").ToList();
        if (lines.Count > 0)
            text.Append($"\n{title}:\n\n").AppendJoin("", lines);
    }

    private static string Where(DriftReport report, Finding finding) => report.Headers is null ? "" : $"{Code(finding.Header)} ";

    private static string Code(string text) => text.Length == 0 ? "" : $"`{Line(text).Replace("`", "'", StringComparison.Ordinal)}`";

    /// <summary>Text outside of a code span, where a name such as &lt;x&gt; would be HTML.</summary>
    private static string Cell(string text) => Line(text).Replace("<", "\\<", StringComparison.Ordinal);

    /// <summary>On one line of a table; a code span needs no more.</summary>
    private static string Line(string text) => Printable.Of(text.ReplaceLineEndings(" ")).Replace("|", "\\|", StringComparison.Ordinal);
}
