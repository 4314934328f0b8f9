using System.Text;

namespace Faultline.AbiConsumers.Hazards.Reports;

/// <summary>Hazards for an issue or a pull request.</summary>
public static class HazardMarkdown
{
    public static string Write(HazardReport report)
    {
        var text = new StringBuilder($"### Hazards of userfaultfd in {Cell(report.Folder)}\n\n{report.Summary}; "
            + $"{HazardText.Files(report)}.\n");
        if (report.Hazards.Count > 0)
            text.Append("\n| sure | kind | place | what | kernels |\n|---|---|---|---|---|\n");
        foreach (var hazard in report.Hazards)
            text.Append($"| {hazard.Sure.ToString().ToLowerInvariant()} | {hazard.Kind.Id} | `{Cell(hazard.File)}:{hazard.Line}` | "
                + $"{Cell(hazard.What)} | {Cell(hazard.Kernels)} |\n");
        foreach (var kind in report.ByKind.Select(group => group.Key))
            text.Append($"\n**{kind.Id}**: {kind.Why} *What to do*: {kind.Remedy} *Proof*: {string.Join("; ", kind.Proofs)}.\n");
        foreach (var line in report.Unread.Where(unread => unread.Naming > 0).Select(unread => unread.ToString())
            .Concat(report.Skipped.Select(skipped => $"`{Cell(skipped.Path)}`: {Cell(skipped.Reason)}")))
            text.Append($"\nNot read: {line}\n");
        return text.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
