using System.Text;

namespace Faultline.AbiDiff.Reports;

/// <summary>Drift for people at a terminal.</summary>
public static class TextReport
{
    /// <summary>One change a line, worst first, then the verdict.</summary>
    public static string Write(DriftReport report)
    {
        var text = new StringBuilder($"{report.Old} -> {report.New}\n");
        foreach (var finding in report.Findings)
            text.Append($"  {finding.Change.Kind.Severity.ToString().ToLowerInvariant(),-10} {Header(report, finding)}{finding.Change}\n");
        foreach (var finding in report.Accepted)
            text.Append($"  accepted   {Header(report, finding)}{finding.Change} ({finding.Accepted})\n");
        foreach (var unused in report.Unused)
            text.Append($"  unused     the baseline accepts {unused}, which did not happen\n");
        foreach (var omission in report.Omitted)
            text.Append($"  not compared: {omission}\n");
        return text.Append(report.Summary).Append('\n').ToString();
    }

    private static string Header(DriftReport report, Finding finding) => report.Headers is null ? "" : $"{finding.Header}: ";
}
