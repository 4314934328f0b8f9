using System.Text.RegularExpressions;

namespace Faultline.AbiExtractor.Stages;

/// <summary>
/// A comment in the kernel's documentation format, Documentation/doc-guide/kernel-doc.rst: what a record or enum is, and a
/// sentence for each of its members.
/// </summary>
/// <param name="Text">What it says of the whole, a paragraph on each line; of the member, where it is about one alone.</param>
/// <param name="Members">What it says of each member, by the member's name.</param>
internal sealed partial record KernelDoc(string Text, IReadOnlyDictionary<string, string> Members)
{
    /// <summary>Reads a comment; null when it has another format.</summary>
    public static KernelDoc? Of(string comment)
    {
        if (!comment.StartsWith("/**", StringComparison.Ordinal) || comment.Length < 5)
            return null;
        var lines = comment[3..].TrimEnd('/').TrimEnd('*').Split('\n')
            .Select(line => Star().Replace(line, "").TrimEnd()).SkipWhile(line => line.Length == 0).ToList();
        if (lines.Count == 0)
            return null;
        var head = Head().Match(lines[0].Trim());
        if (!head.Success && !Member().IsMatch(lines[0].Trim()))
            return null;
        return Read(head.Success ? lines.Skip(1).Prepend(head.Groups["text"].Value) : lines);
    }

    private static KernelDoc Read(IEnumerable<string> lines)
    {
        var whole = new List<string>();
        var members = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var (into, open) = (whole, false);
        foreach (var line in lines)
        {
            var text = line.Trim();
            if (Member().Match(text) is { Success: true } member)
            {
                into = [];
                foreach (Capture name in member.Groups["name"].Captures)
                    members.TryAdd(name.Value, into);
                (text, open) = (member.Groups["text"].Value, false);
            }
            else if (!open && !char.IsWhiteSpace(line.FirstOrDefault(' ')))
            {
                into = whole; // only what is indented goes on with a member after an empty line
            }
            if (open && text.Length > 0)
                into[^1] += " " + text;
            else if (text.Length > 0)
                into.Add(text);
            open = text.Length > 0;
        }
        var told = members.ToDictionary(member => member.Key, member => Plain(member.Value), StringComparer.Ordinal);
        return new(whole.Count == 0 && told.Count == 1 ? told.Values.Single() : Plain(whole), told);
    }

    /// <summary>Without the signs that make links in the kernel's own pages.</summary>
    private static string Plain(List<string> paragraphs) =>
        string.Join('\n', paragraphs.Select(paragraph => Sign().Replace(paragraph, "")));

    /// <summary>The star and one blank before a line, as comments are written; more is indentation.</summary>
    [GeneratedRegex(@"^\s*\*? ?")]
    private static partial Regex Star();

    [GeneratedRegex(@"^(struct|union|enum|typedef)\s+\w+(\s*[-:]+\s*(?<text>.*))?$")]
    private static partial Regex Head();

    [GeneratedRegex(@"^(@(\w+\.)*(?<name>\w+)(\[\])?,?\s*)+:\s*(?<text>.*)$")]
    private static partial Regex Member();

    [GeneratedRegex(@"(?<![^\s(])[%@&](?=\w)")]
    private static partial Regex Sign();
}
