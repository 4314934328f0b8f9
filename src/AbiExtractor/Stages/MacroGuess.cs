using System.Buffers;
using System.Text.RegularExpressions;
using Faultline.AbiExtractor.Clang;

namespace Faultline.AbiExtractor.Stages;

/// <summary>
/// The macros that a header's text defines, read without a compiler and without knowing which of its conditions hold: good enough to write a
/// probe with, never to fill a model with. What it says is checked against the compiler afterwards (<see cref="HeaderExtractor"/>).
/// </summary>
internal static partial class MacroGuess
{
    /// <summary>The macros, the last definition of each; the body of one with arguments begins with its parameters.</summary>
    public static HeaderMacros Read(string text)
    {
        var macros = new Dictionary<string, MacroDefinition>(StringComparer.Ordinal);
        text = text.Replace("\\\n", "", StringComparison.Ordinal).Replace("\\\r\n", "", StringComparison.Ordinal);
        foreach (var define in Define().EnumerateMatches(text))
        {
            var line = text.AsSpan(define.Index, define.Length);
            var start = line.IndexOf("define", StringComparison.Ordinal) + "define".Length;
            start += line[start..].IndexOfAnyExcept(' ', '\t');
            var length = line[start..].IndexOfAnyExcept(Word);
            var name = (length < 0 ? line[start..] : line.Slice(start, length)).ToString();
            macros[name] = new(name, FunctionLike: length >= 0
                && line[start + length] == '(', length < 0 ? [] : Tokens(line[(start + length)..]), 0, 0);
        }
        return new([.. macros.Values], []) { Enumerators = EnumeratorGuess.Read(text) };
    }

    /// <summary>Every word of a text that may be a name, those in comments too.</summary>
    public static IReadOnlySet<string> Identifiers(string text)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var known = names.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var rest = text.AsSpan(); rest.IndexOfAny(Word) is >= 0 and var start;)
        {
            rest = rest[start..];
            var length = rest.IndexOfAnyExcept(Word) is >= 0 and var end ? end : rest.Length;
            if (!char.IsAsciiDigit(rest[0]))
                known.Add(rest[..length]);
            rest = rest[length..];
        }
        return names;
    }

    private static readonly SearchValues<char> Word = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>What a compiler would see, each with its place in the text.</summary>
    internal static List<SourceToken> Tokens(ReadOnlySpan<char> body)
    {
        var tokens = new List<SourceToken>();
        foreach (var match in Token().EnumerateMatches(body))
        {
            var token = body.Slice(match.Index, match.Length);
            if (char.IsWhiteSpace(token[0]) || token.StartsWith("/*", StringComparison.Ordinal) || token.StartsWith("//", StringComparison.Ordinal))
                continue;
            tokens.Add(new(KindOf(token), token.ToString(), 0, match.Index));
        }
        return tokens;
    }

    private static TokenKind KindOf(ReadOnlySpan<char> token) => token[0] switch
    {
        '"' or '\'' => TokenKind.Literal,
        '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => token is "sizeof" ? TokenKind.Keyword : TokenKind.Identifier,
        _ => token.ContainsAnyInRange('0', '9') ? TokenKind.Literal : TokenKind.Punctuation,
    };

    /// <summary>A definition in a logical line.</summary>
    [GeneratedRegex(@"^[ \t]*#[ \t]*define[ \t]+[A-Za-z_]\w*(?!\w).*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Define();

    /// <summary>Blanks and comments too. A literal without its end is the rest of the line, or each quote in it would be tried as another beginning.</summary>
    [GeneratedRegex("""\s+|[A-Za-z_]\w*|\.?\d[\w.']*|"(?:\\.?|[^"\\])*(?:"|$)|'(?:\\.?|[^'\\])*(?:'|$)|/\*.*?(?:\*/|$)|//.*|##|.""", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
