using System.Text.RegularExpressions;
using Faultline.AbiSources.Headers.Untouched;

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
    /// <param name="subject">A macro, <c>struct x</c>, <c>struct x.field</c> or <c>#include &lt;linux/x.h&gt;</c>.</param>
    /// <param name="names">Other names that tell of it, where nobody changed a line with its own.</param>
    public IReadOnlyList<(string Id, string Summary)> Of(string header, string subject, params IEnumerable<string> names)
    {
        var all = _changes.FindAll(change => change.Header == header);
        if (subject.StartsWith("#include ", StringComparison.Ordinal))
            return OfIncludes(all, subject);
        // A pointer's record is a part of what has the pointer.
        subject = subject.Replace("->", ".", StringComparison.Ordinal).TrimEnd('.');
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

    /// <summary>
    /// The commits that changed a line with an include of the subject; where none did, a condition leaves it out, and those that
    /// changed one are told.
    /// </summary>
    private static IReadOnlyList<(string Id, string Summary)> OfIncludes(List<Change> all, string subject)
    {
        var headers = Included().Matches(subject).Select(match => match.Groups["name"].Value).ToList();
        var found = all.FindAll(change => headers.Exists(change.Includes));
        if (found.Count == 0)
            found = all.FindAll(change => change.HasCondition);
        return [.. (found.Count == 0 && all.Count == 1 ? all : found).Select(change => (change.Id, change.Summary)).Distinct()];
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

    [GeneratedRegex("<(?<name>[^>]+)>", RegexOptions.CultureInvariant)]
    private static partial Regex Included();

    [GeneratedRegex(@"^\s*#\s*(if|ifdef|ifndef|elif|else|endif)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Condition();

    [GeneratedRegex(@"\b[A-Za-z_]\w*", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    /// <summary>What one commit did to one header.</summary>
    private sealed record Change(string Id, string Summary, string Header)
    {
        private readonly HashSet<string> _records = new(StringComparer.Ordinal);
        private readonly HashSet<string> _words = new(StringComparer.Ordinal);
        private readonly List<string> _includes = [];

        public bool Touches(string record) => _records.Contains(record);

        /// <summary>Whether a line was changed that includes a header, be it by the end of its name.</summary>
        public bool Includes(string name) =>
            _includes.Exists(written => name == written || name.EndsWith("/" + written.Split('/')[^1], StringComparison.Ordinal));

        public bool HasCondition { get; private set; }

        public bool Has(string word) => _words.Contains(word);

        public void See(string? record, string text)
        {
            if (record is not null)
                _records.Add(record);
            _words.UnionWith(Words(text));
            _includes.AddRange(IncludeDirective.In(text).Select(include => include.Name).OfType<string>());
            HasCondition |= Condition().IsMatch(text);
        }
    }
}
