using System.Text.RegularExpressions;

namespace Faultline.AbiExtractor.Stages;

/// <summary>
/// The enumerators that a header's text gives values to, read without a compiler and without knowing which of its
/// conditions hold: good enough to ask about, as <see cref="MacroGuess"/> is for macros.
/// </summary>
internal static partial class EnumeratorGuess
{
    /// <summary>The enumerators whose value begins with a name, the last value of each.</summary>
    /// <param name="text">The header, continued lines joined.</param>
    public static IReadOnlyList<EnumeratorDefinition> Read(string text)
    {
        if (!Begin().IsMatch(text))
            return [];
        var code = Directive().Replace(Comment().Replace(text, match => match.Value[0] == '/' ? " " : match.Value), "");
        var found = new Dictionary<string, EnumeratorDefinition>(StringComparer.Ordinal);
        foreach (var begin in Begin().EnumerateMatches(code))
        {
            foreach (var (start, end) in Pieces(code, begin.Index + begin.Length))
            {
                if (Named().Match(code[start..end]) is not { Success: true } named)
                    continue;
                var name = named.Groups[1].Value;
                found[name] = new(name, MacroGuess.Tokens(named.Groups[2].ValueSpan));
            }
        }
        return [.. found.Values];
    }

    /// <summary>The places between the commas of what begins at a place and ends with a brace.</summary>
    private static IEnumerable<(int Start, int End)> Pieces(string code, int start)
    {
        var open = 0;
        for (var at = start; at < code.Length; at++)
        {
            switch (code[at])
            {
                case '(' or '[' or '{':
                    open++;
                    break;
                case ')' or ']' or '}' when open > 0:
                    open--;
                    break;
                case '\'' or '"':
                    at = Closing(code, at);
                    break;
                case ',' when open == 0:
                    yield return (start, at);
                    start = at + 1;
                    break;
                case '}':
                    yield return (start, at);
                    yield break;
                case ';' when open == 0:
                    yield break;
            }
        }
    }

    /// <summary>Where a literal ends.</summary>
    private static int Closing(string code, int at)
    {
        var quote = code[at];
        for (at++; at < code.Length && code[at] != quote && code[at] != '\n'; at++)
        {
            if (code[at] == '\\')
                at++;
        }
        return at;
    }

    /// <summary>What an enum begins with, and some other things that have no enumerators.</summary>
    [GeneratedRegex(@"\benum\b[^;{}=]*\{", RegexOptions.CultureInvariant)]
    private static partial Regex Begin();

    [GeneratedRegex("""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""",
        RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^[ \t]*#.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Directive();

    [GeneratedRegex(@"^\s*([A-Za-z_]\w*)\s*=\s*([(\s]*[A-Za-z_][\s\S]*?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
