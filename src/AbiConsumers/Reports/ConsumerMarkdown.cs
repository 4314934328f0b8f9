using System.Text;

namespace Faultline.AbiConsumers.Reports;

/// <summary>A consumer's state for an issue or a pull request.</summary>
public static class ConsumerMarkdown
{
    public static string Write(ConsumerReport report)
    {
        var text = new StringBuilder($"### {Cell(report.Folder)} against `{report.Header}`\n\n{report.Summary}. Read {ConsumerText.Files(report)} for {report.Target}.\n");
        Table(text, "defined with another value", "the header has; the source has", report.Different,
            use => $"{ConsumerText.Header(use)}{ConsumerText.Sites(use, SiteState.Different)}");
        Table(text, "behind", "the header has; the source has", report.Behind, use => $"{ConsumerText.Header(use)}{ConsumerText.Sites(use, SiteState.Behind)}");
        Table(text, "unclear", "why", report.Unclear, use => ConsumerText.Sites(use, SiteState.Unclear));
        List(text, "Missing", report.Missing.Select(use => $"{use.Name.Kind.ToString().ToLowerInvariant()} `{use.Name.Name}`"));
        List(text, "Not read", report.Unread.Select(unread => unread.ToString()).Concat(report.Skipped.Select(skipped => $"`{skipped.Path}`: {skipped.Reason}")));
        return text.ToString();
    }

    private static void Table(StringBuilder text, string title, string column, IEnumerable<NameUse> uses, Func<NameUse, string> what)
    {
        var rows = uses.Select(use => $"| {use.Name.Kind.ToString().ToLowerInvariant()} | `{use.Name.Name}` | {Cell(what(use).Trim())} |\n").ToList();
        if (rows.Count > 0)
            text.Append($"\n| kind | {title} | {column} |\n|---|---|---|\n").AppendJoin("", rows);
    }

    private static void List(StringBuilder text, string title, IEnumerable<string> items)
    {
        var lines = items.Select(item => $"- {item}\n").ToList();
        if (lines.Count > 0)
            text.Append($"\n{title}:\n\n").AppendJoin("", lines);
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
