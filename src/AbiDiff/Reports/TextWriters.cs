using System.Text;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Reports;

/// <summary>Drift for people: plain text for a terminal, Markdown for a pull request.</summary>
public static class TextWriters
{
    /// <summary>One change a line, worst first, then the verdict.</summary>
    public static string Text(DriftReport report)
    {
        var text = new StringBuilder($"{report.Old} -> {report.New}\n");
        foreach (var change in report.Changes)
            text.Append($"  {change.Kind.Severity.ToString().ToLowerInvariant(),-10} {change}\n");
        foreach (var accepted in report.Accepted)
            text.Append($"  accepted   {accepted.Change} ({accepted.Reason})\n");
        foreach (var unused in report.Unused)
            text.Append($"  unused     the baseline accepts {unused.Kind} of {unused.Subject}, which did not happen\n");
        foreach (var omission in report.Omitted)
            text.Append($"  not compared: {omission}\n");
        return text.Append(report.Summary).Append('\n').ToString();
    }

    /// <summary>A table, with what to do about what breaks.</summary>
    public static string Markdown(DriftReport report)
    {
        var text = new StringBuilder($"### ABI drift: {Cell(report.Old)} → {Cell(report.New)}\n\n{report.Summary}\n");
        if (report.Changes.Count > 0)
            text.Append("\n| severity | kind | what | old | new |\n|---|---|---|---|---|\n");
        foreach (var change in report.Changes)
            text.Append($"| {change.Kind.Severity.ToString().ToLowerInvariant()} | `{change.Kind.Id}` | {Code(change.Subject)} | {Code(change.Old)} | {Code(change.New)} |\n");
        foreach (var kind in report.Changes.Select(change => change.Kind).Where(kind => kind.Severity > Severity.Compatible).Distinct())
            text.Append($"\n- `{kind.Id}`: {kind.Title} {kind.Remedy}");
        if (report.Changes.Any(change => change.Kind.Severity > Severity.Compatible))
            text.Append('\n');
        if (report.Accepted.Count > 0)
            text.Append("\nAccepted:\n\n");
        foreach (var accepted in report.Accepted)
            text.Append($"- `{accepted.Change.Kind.Id}` {Code(accepted.Change.Subject)}: {Cell(accepted.Reason)}\n");
        if (report.Omitted.Count > 0)
            text.Append("\nNot compared:\n\n");
        foreach (var omission in report.Omitted)
            text.Append($"- {Cell(omission.ToString())}\n");
        return text.ToString();
    }

    private static string Code(string text) => text.Length == 0 ? "" : $"`{Cell(text).Replace("`", "'", StringComparison.Ordinal)}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
