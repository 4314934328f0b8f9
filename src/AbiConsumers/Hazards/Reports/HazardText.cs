using System.Text;

namespace Faultline.AbiConsumers.Hazards.Reports;

/// <summary>Hazards for people: each kind once, with what comes of it and what to do, and below it the places.</summary>
public static class HazardText
{
    public static string Write(HazardReport report)
    {
        var text = new StringBuilder($"{report.Folder}: hazards of userfaultfd\n{Files(report)}\n");
        foreach (var kind in report.ByKind)
        {
            text.Append($"\n{kind.Key.Id}: {kind.Key.Title}\n  why    {kind.Key.Why}\n  do     {kind.Key.Remedy}\n  proof  "
                + $"{string.Join("; ", kind.Key.Proofs)}\n");
            foreach (var kernels in kind.GroupBy(hazard => hazard.Kernels))
            {
                text.Append($"  on     {kernels.Key}\n");
                foreach (var hazard in kernels)
                    text.Append($"    {hazard.Sure.ToString().ToLowerInvariant(),-8} "
                        + $"{hazard.File}:{hazard.Line}{(hazard.Function.Length > 0 ? $" in {hazard.Function}" : "")}: {hazard.What}\n");
            }
        }
        foreach (var unread in report.Unread.Where(unread => unread.Naming > 0))
            text.Append($"not read: {unread}\n");
        foreach (var skipped in report.Skipped)
            text.Append($"skipped: {skipped.Path}: {skipped.Reason}\n");
        return text.Append($"{(report.Hazards.Count > 0 ? "\n" : "")}{report.Summary}\n").ToString();
    }

    internal static string Files(HazardReport report) =>
        $"read {report.Files} {(report.Files == 1 ? "file" : "files")}; {(report.Users.Count == 0 ? "none names" : string.Join(", "
            + "", report.Users.Select(files => $"{files.Value} {files.Key}")) + " of them name")} userfaultfd";
}
