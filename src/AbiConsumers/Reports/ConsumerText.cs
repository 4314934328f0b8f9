using System.Text;

namespace Faultline.AbiConsumers.Reports;

/// <summary>A consumer's state for people: what differs first, then what is unclear, then what is missing.</summary>
public static class ConsumerText
{
    private const int SitesShown = 3;

    public static string Write(ConsumerReport report)
    {
        var text = new StringBuilder($"{report.Folder} against {report.Header} ({report.Target})\n");
        text.Append($"read {Files(report)}{(report.Skipped.Count > 0 ? $"; skipped {report.Skipped.Count}" : "")}\n");
        foreach (var use in report.Different)
            text.Append($"  different  {use.Name}: {Header(use)}{Sites(use, SiteState.Different)}\n");
        foreach (var use in report.Behind)
            text.Append($"  behind     {use.Name}: {Header(use)}{Sites(use, SiteState.Behind)}\n");
        foreach (var use in report.Unclear)
            text.Append($"  unclear    {use.Name}:{Sites(use, SiteState.Unclear)}\n");
        foreach (var use in report.Missing)
            text.Append($"  missing    {use.Name}\n");
        foreach (var unread in report.Unread)
            text.Append($"  not read   {unread}\n");
        foreach (var skipped in report.Skipped)
            text.Append($"  skipped    {skipped.Path}: {skipped.Reason}\n");
        return text.Append(report.Summary).Append('\n').ToString();
    }

    internal static string Files(ConsumerReport report) =>
        report.Files.Count == 0 ? "nothing" : string.Join(", ", report.Files.Select(files => $"{files.Value} {files.Key} {(files.Value == 1 ? "file" : "files")}"));

    internal static string Header(NameUse use) => use.Name.Struct is { } record
        ? $"the header has {record.Size} bytes;"
        : $"the header has {ConsumerReport.Text(use.Name.Kind, use.Name.Value!.Value)};";

    internal static string Sites(NameUse use, SiteState state)
    {
        var sites = use.Sites.Where(site => site.State == state).ToList();
        var shown = sites.Take(SitesShown).Select(site =>
            $" {(site.Spelling == use.Name.Name ? "" : $"{site.Spelling} ")}{(state == SiteState.Unclear ? "" : "is ")}{site.What} ({site.File}:{site.Line})");
        return string.Join(';', shown) + (sites.Count > SitesShown ? $"; and {sites.Count - SitesShown} more" : "");
    }
}
