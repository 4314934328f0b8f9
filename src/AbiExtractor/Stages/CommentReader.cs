using Faultline.AbiExtractor.Clang;

namespace Faultline.AbiExtractor.Stages;

/// <summary>Finds the comment that documents a line: the one behind it on the same line, else the one that ends right above it.</summary>
internal sealed class CommentReader
{
    /// <summary>What is said of the members of something that no comment tells of.</summary>
    public static readonly IReadOnlyDictionary<string, string> NoMembers = new Dictionary<string, string>();

    private readonly Dictionary<int, string> _trailing = [];
    private readonly Dictionary<int, string> _above = [];
    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<int, IReadOnlyDictionary<string, string>> _members = [];

    /// <param name="comments">All comments of the header.</param>
    /// <param name="names">Names that a paragraph may begin with to document them: macros.</param>
    public CommentReader(IReadOnlyList<SourceComment> comments, ISet<string> names)
    {
        foreach (var comment in comments)
        {
            if (KernelDoc.Of(comment.Text) is { } doc)
            {
                (comment.BehindCode ? _trailing : _above)[comment.BehindCode ? comment.Line : comment.EndLine] = doc.Text;
                _members[comment.EndLine] = doc.Members;
                continue;
            }
            var paragraphs = Paragraphs(comment.Text);
            var namesOthers = false;
            foreach (var paragraph in paragraphs)
            {
                if (FirstWord(paragraph) is { } word && names.Contains(word))
                {
                    _byName.TryAdd(word, paragraph);
                    namesOthers = true;
                }
            }
            if (paragraphs.Count == 0 || IsLicence(comment.Text))
                continue;
            if (comment.BehindCode)
                _trailing[comment.Line] = string.Join('\n', paragraphs);
            else if (!namesOthers)
                _above[comment.EndLine] = string.Join('\n', paragraphs);
        }
    }

    /// <summary>Whether no comment documents anything.</summary>
    public bool IsEmpty => _trailing.Count + _above.Count + _byName.Count + _members.Count == 0;

    /// <summary>The documentation of what spans these lines, or empty.</summary>
    public string Of(int line, int endLine) => _trailing.GetValueOrDefault(endLine) ?? _above.GetValueOrDefault(line - 1) ?? "";

    /// <summary>What the comment above the line says of each member of the record or enum that begins there.</summary>
    public IReadOnlyDictionary<string, string> MembersAt(int line) => _members.GetValueOrDefault(line - 1) ?? NoMembers;

    /// <summary>What the comments say of something: behind it, in a paragraph that begins with its name, or above it.</summary>
    public string Of(string name, int line, int endLine) =>
        _trailing.GetValueOrDefault(endLine) ?? _byName.GetValueOrDefault(name) ?? Of(line, endLine);

    private static bool IsLicence(string comment) => comment.Contains("SPDX-License-Identifier", StringComparison.Ordinal)
        || comment.Contains("Copyright", StringComparison.OrdinalIgnoreCase);

    private static string? FirstWord(string paragraph)
    {
        var length = paragraph.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c == '_').Count();
        return length == 0 ? null : paragraph[..length];
    }

    /// <summary>The comment's paragraphs, each on one line, without the comment's own stars.</summary>
    private static List<string> Paragraphs(string comment)
    {
        var paragraphs = new List<string>();
        var open = false;
        var body = comment.StartsWith("/*", StringComparison.Ordinal) ? comment[2..].TrimEnd('/').TrimEnd('*') : comment[2..];
        foreach (var line in body.Split('\n').Select(line => line.Trim().TrimStart('*', '/', '<').Trim()))
        {
            if (line.Length == 0)
                open = false;
            else if (open)
                paragraphs[^1] += " " + line;
            else
                paragraphs.Add(line);
            open = line.Length > 0;
        }
        return paragraphs;
    }
}
