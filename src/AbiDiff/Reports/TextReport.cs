using System.Text;

namespace Faultline.AbiDiff.Reports;

/// <summary>Drift for people at a terminal.</summary>
public static class TextReport
{
    /// <summary>The number of changes from which on the verdict is printed above them as well as below.</summary>
    private const int Many = 25;

    /// <summary>The most headers for which a summary says how often a kind of change is in them.</summary>
    private const int HeadersNamed = 3;

    /// <summary>One change a line, worst first, then the verdict. What moved together is one line.</summary>
    public static string Write(DriftReport report)
    {
        var text = new StringBuilder($"{report.Old} -> {report.New}\n");
        if (report.Findings.Count >= Many)
            text.Append(report.Summary).Append('\n');
        foreach (var (finding, others) in Shifts.Folded(report.Findings))
        {
            text.Append($"  {Word(finding.Change.Kind.Severity),-10} {Header(report, finding)}{Printable.Of($"{finding}")}{others}\n");
            text.AppendJoin("", finding.Commits.Select(commit => $"             by {Printable.Of(commit.ToString())}\n"));
        }
        foreach (var finding in report.Accepted)
            text.Append($"  accepted   {Header(report, finding)}{Printable.Of($"{finding} ({finding.Accepted})")}\n");
        foreach (var unused in report.Unused)
            text.Append($"  unused     {Printable.Of(unused.ToString())} is accepted and did not happen\n");
        foreach (var omission in report.Omitted)
            text.Append($"  not compared: {Printable.Of(omission.ToString())}\n");
        return text.Append(report.Summary).Append('\n').ToString();
    }

    /// <summary>One kind a line, worst first, with how often it was found and where most; then the verdict.</summary>
    public static string WriteSummary(DriftReport report)
    {
        var text = new StringBuilder($"{report.Old} -> {report.New}\n");
        foreach (var kind in report.Findings.GroupBy(finding => finding.Change.Kind)
            .OrderByDescending(group => group.Key.Severity).ThenByDescending(group => group.Count())
                .ThenBy(group => group.Key.Id, StringComparer.Ordinal))
        {
            text.Append($"  {Word(kind.Key.Severity),-10} {kind.Count(),5} {kind.Key.Id}{(report.Headers is null ? "" : Where(kind))}\n");
        }
        return text.Append(report.Summary).Append('\n').ToString();
    }

    private static string Where(IEnumerable<Finding> findings)
    {
        var headers = findings.CountBy(finding => finding.Header).OrderByDescending(header => header.Value)
            .ThenBy(header => header.Key, StringComparer.Ordinal).ToList();
        var rest = headers.Count > HeadersNamed ? $", {headers.Count - HeadersNamed} more" : "";
        return $" ({string.Join(", ", headers.Take(HeadersNamed).Select(header => $"{header.Key} {header.Value}"))}{rest})";
    }

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();

    private static string Header(DriftReport report, Finding finding) => report.Headers is null ? "" : $"{Printable.Of(finding.Header)}: ";
}
