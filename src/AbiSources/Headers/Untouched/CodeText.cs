using System.Text;

namespace Faultline.AbiSources.Headers.Untouched;

/// <summary>What a compiler reads of a C text: no comments, continued lines joined, one blank where there are several.</summary>
internal static class CodeText
{
    /// <summary>The lines that are not empty.</summary>
    public static IReadOnlyList<string> Lines(string text) =>
        [.. Of(text).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static string Of(string text)
    {
        text = text.Replace("\\\r\n", "", StringComparison.Ordinal).Replace("\\\n", "", StringComparison.Ordinal);
        var code = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var next = at + 1 < text.Length ? text[at + 1] : '\0';
            switch (text[at])
            {
                case '/' when next == '*':
                    at = End(text, "*/", at + 2) + 1;
                    Blank(code);
                    break;
                case '/' when next == '/':
                    at = End(text, "\n", at) - 1;
                    break;
                case '"' or '\'':
                    var close = Closing(text, at);
                    code.Append(text, at, close - at);
                    at = close - 1;
                    break;
                case ' ' or '\t' or '\r' or '\f' or '\v':
                    Blank(code);
                    break;
                default:
                    code.Append(text[at]);
                    break;
            }
        }
        return code.ToString();
    }

    private static void Blank(StringBuilder code)
    {
        if (code.Length > 0 && code[^1] is not (' ' or '\n'))
            code.Append(' ');
    }

    private static int End(string text, string end, int from) =>
        text.IndexOf(end, Math.Min(from, text.Length), StringComparison.Ordinal) is >= 0 and var found ? found : text.Length;

    /// <summary>The place behind a literal; one without an end goes to the end of its line.</summary>
    private static int Closing(string text, int at)
    {
        var quote = text[at];
        for (at++; at < text.Length && text[at] != '\n'; at++)
        {
            if (text[at] == quote)
                return at + 1;
            if (text[at] == '\\')
                at++;
        }
        return Math.Min(at, text.Length);
    }
}
