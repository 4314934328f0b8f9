using System.Text.RegularExpressions;

namespace Faultline.AbiConsumers.Languages;

/// <summary>The C code that a Go file holds in the comment right before <c>import "C"</c>.</summary>
internal static partial class CgoPreamble
{
    /// <summary>The code, on the lines it has in the file; null when there is none.</summary>
    public static string? Of(string text)
    {
        if (Import().Match(text) is not { Success: true } import)
            return null;
        var before = text[..import.Index];
        var comment = before.TrimEnd();
        // An empty line between the two makes it an ordinary comment.
        if (before[comment.Length..].Count(c => c == '\n') > 1)
            return null;
        var start = comment.EndsWith("*/", StringComparison.Ordinal) ? comment.LastIndexOf("/*", StringComparison.Ordinal)
            : StartOfLineComments(comment);
        if (start < 0 || start == comment.Length)
            return null;
        var code = comment.EndsWith("*/", StringComparison.Ordinal) ? comment[(start + 2)..Math.Max(start + 2, comment.Length - 2)]
            : LineComment().Replace(comment[start..], "");
        return new string('\n', before.AsSpan(0, start).Count('\n')) + code;
    }

    private static int StartOfLineComments(string text)
    {
        var start = text.Length;
        while (start > 0)
        {
            var line = text.LastIndexOf('\n', Math.Max(0, start - 2)) + 1;
            if (line >= start || !text.AsSpan(line, start - line).TrimStart().StartsWith("//"))
                break;
            start = line;
        }
        return start;
    }

    [GeneratedRegex("""^[ \t]*(?:import[ \t]+(?:\([ \t]*)?)"C"[ \t]*\)?[ \t]*\r?$""", RegexOptions.Multiline, 1000)]
    private static partial Regex Import();

    [GeneratedRegex("""^[ \t]*//""", RegexOptions.Multiline)]
    private static partial Regex LineComment();
}
