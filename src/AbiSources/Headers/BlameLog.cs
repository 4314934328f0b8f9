using System.Text.RegularExpressions;

namespace Faultline.AbiSources.Headers;

/// <summary>What <c>git log -p</c> says of headers: which commit changed lines with which names, and in which records.</summary>
internal sealed partial class BlameLog
{
    /// <summary>The mark in front of each commit's line. No line of a diff begins with it.</summary>
    public const string Mark = "\u0001";

    private readonly List<Change> _changes = [];

    /// <param name="log">Commits as <c>MARK ID SUMMARY</c>, each with its diff; those that are named first come first.</param>
    public BlameLog(string log)
    {
        (string Id, string Summary) commit = ("", "");
        Change? change = null;
        string? open = null;
        foreach (var line in log.Split('\n'))
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal))
            {
                var parts = line[Mark.Length..].Split(' ', 2);
                (commit, change) = ((parts[0], parts.Length > 1 ? Plain(parts[1]) : ""), null);
            }
            else if (line.StartsWith("diff --git ", StringComparison.Ordinal))
            {
                change = new(commit.Id, commit.Summary, HeaderOf(line));
                _changes.Add(change);
            }
            else if (line.StartsWith("@@ ", StringComparison.Ordinal))
            {
                open = RecordOf(line[(line.IndexOf("@@", 3, StringComparison.Ordinal) + 2)..].Trim());
            }
            else if (change is not null && line is ['+' or '-' or ' ', .. var text] && !IsOfFiles(line))
            {
                open = RecordOf(text) ?? open;
                if (line[0] != ' ' && !IsComment(text))
                    change.See(open, text);
                if (text is ['}', ..])
                    open = null;
            }
        }
    }

    /// <summary>
    /// The commits, in the order of the log, that changed what a subject names: lines with its name, else lines of its record.
    /// </summary>
    /// <param name="header">As programs include it.</param>
    /// <param name="subject">A macro, <c>struct x</c> or <c>struct x.field</c>.</param>
    /// <param name="names">Other names that tell of it, where nobody changed a line with its own.</param>
    public IReadOnlyList<(string Id, string Summary)> Of(string header, string subject, params IEnumerable<string> names)
    {
        var all = _changes.FindAll(change => change.Header == header);
        var dot = subject.IndexOf('.', StringComparison.Ordinal);
        var record = dot < 0 ? subject : subject[..dot];
        var isRecord = record.Contains(' ', StringComparison.Ordinal);
        var leaf = (dot < 0 ? record : subject)[(Math.Max(subject.LastIndexOf('.'), dot < 0 ? record.LastIndexOf(' ') : 0) + 1)..];
        List<Change>[] guesses =
        [
            all.FindAll(change => change.Has(leaf) && (dot < 0 || change.Touches(record))),
            all.FindAll(change => isRecord && change.Touches(record)),
            all.FindAll(change => names.SelectMany(Words).Any(change.Has)),
            subject == header || all.Count == 1 ? all : [],
        ];
        // A record's name stands in one line; what changed its layout are lines inside.
        if (isRecord && dot < 0)
            guesses[0] = [.. guesses[0].Union(guesses[1])];
        var found = Array.Find(guesses, guess => guess.Count > 0) ?? [];
        return [.. all.Where(found.Contains).Select(change => (change.Id, change.Summary)).Distinct()];
    }

    /// <summary>Nothing of a message moves a terminal's cursor.</summary>
    private static string Plain(string summary) => string.Concat(summary.Select(c => char.IsControl(c) ? '?' : c));

    private static IEnumerable<string> Words(string text) => Identifier().Matches(text).Select(match => match.Value);

    /// <summary>The header of <c>diff --git a/include/uapi/linux/x.h b/include/uapi/linux/x.h</c>, as programs include it.</summary>
    private static string HeaderOf(string line) =>
        line.LastIndexOf("/uapi/", StringComparison.Ordinal) is > 0 and var at ? line[(at + "/uapi/".Length)..].TrimEnd('"') : "";

    private static bool IsOfFiles(string line) =>
        line.StartsWith("+++ ", StringComparison.Ordinal) || line.StartsWith("--- ", StringComparison.Ordinal);

    private static bool IsComment(string text) => text.TrimStart() is ['*', ..] or ['/', '*' or '/', ..];

    private static string? RecordOf(string text) =>
        Record().Match(text) is { Success: true } match ? $"{match.Groups["keyword"].Value} {match.Groups["name"].Value}" : null;

    [GeneratedRegex(@"^(typedef\s+)?(?<keyword>struct|union|enum)\s+(?<name>\w+)\s*(\{|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Record();

    [GeneratedRegex(@"\b[A-Za-z_]\w*", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    /// <summary>What one commit did to one header.</summary>
    private sealed record Change(string Id, string Summary, string Header)
    {
        private readonly HashSet<string> _records = new(StringComparer.Ordinal);
        private readonly HashSet<string> _words = new(StringComparer.Ordinal);

        public bool Touches(string record) => _records.Contains(record);

        public bool Has(string word) => _words.Contains(word);

        public void See(string? record, string text)
        {
            if (record is not null)
                _records.Add(record);
            _words.UnionWith(Words(text));
        }
    }
}
