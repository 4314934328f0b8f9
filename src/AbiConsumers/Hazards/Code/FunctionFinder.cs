using Faultline.AbiConsumers.Languages;
using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Hazards.Code;

/// <summary>Splits a file into its functions, by braces and what stands before them.</summary>
internal static class FunctionFinder
{
    private const int LongestHead = 256;

    private static readonly string[] Containers = ["impl", "trait", "mod", "namespace", "class", "interface", "extern"];

    public static IReadOnlyList<Function> Of(SourceFile file, TokenList tokens)
    {
        if (file.Language is Python)
            return [new(file.Path, file.Language, "", new([]), tokens, isLocal: true)];
        if (file.Language is not CFamily)
            return InCode(file, tokens.WithoutLines(), []);
        var alternatives = new List<int>();
        var (code, macros) = Directives(file, tokens, alternatives);
        return [.. InCode(file, code, alternatives), .. macros];
    }

    private static List<Function> InCode(SourceFile file, TokenList code, IReadOnlyList<int> alternatives)
    {
        var found = new List<Function>();
        var start = 0;
        for (var at = 0; at < code.Count; at++)
        {
            if (code[at].Is("{") && at - start is > 0 and <= LongestHead && Head(file.Language, code, start, at) is { } name)
            {
                var end = Close(code, at);
                var open = code.Slice(name, at).TakeWhile(token => !token.Is("(")).Count() + name;
                found.Add(new(file.Path, file.Language, code[name].Text, code.Part(open + 1, code.Until(open + 1, ")")),
                    code.Part(at, Math.Min(end + 1, code.Count)),
                    isLocal: IsLocal(file, code, start, name)) { Alternatives = alternatives });
                at = end;
                start = end + 1;
            }
            else if (code[at].Is("{") || code[at].Is("}") || code[at].Is(";"))
            {
                start = at + 1;
            }
        }
        return found;
    }

    /// <summary>The brace that closes the one at a place.</summary>
    private static int Close(TokenList code, int open) => code.Partner(open) is var partner && partner > open ? partner : code.Count - 1;

    private static bool IsLocal(SourceFile file, TokenList code, int start, int name) =>
        !Path.GetExtension(file.Path).StartsWith(".h", StringComparison.Ordinal)
        && code.Slice(start, name).Any(token => token.IsWord("static"));

    /// <summary>
    /// The token that names the function whose body a brace opens; null when it opens something else.
    /// </summary>
    private static int? Head(Language language, TokenList code, int start, int end)
    {
        // pub(crate) fn name<F>(…) where F: FnMut(…)
        if (language is RustFamily)
        {
            for (var at = start; at + 1 < end; at++)
            {
                if (code[at].IsWord("fn") && code[at + 1].Kind == TokenKind.Name)
                    return at + 1;
            }
        }
        var open = -1;
        for (var at = start; at < end; at++)
        {
            if (code[at].Is("=") || Containers.Contains(code[at].Text))
                return null;
            if (open < 0 && code[at].Is("(") && code.At(at - 1).Kind == TokenKind.Name && at > start && !code[at - 1].IsWord("func"))
                open = at;
            if (code[at].Is("(") || code[at].Is("["))
                at = code.Partner(at) is var partner && partner > at ? partner : end;
        }
        return open < 0 || Function.IsKeyword(code[open - 1].Text) ? null : open - 1;
    }

    /// <summary>C without its directives; and its macros with arguments, which are functions to who uses them.</summary>
    /// <param name="alternatives">Gets the lines of each <c>#else</c> and <c>#elif</c>.</param>
    private static (TokenList Code, List<Function> Macros) Directives(SourceFile file, TokenList tokens, List<int> alternatives)
    {
        var code = new List<Token>(tokens.Count);
        var macros = new List<Function>();
        for (var at = 0; at < tokens.Count; at++)
        {
            if (!tokens[at].Is("#") || (at > 0 && tokens[at - 1].Kind != TokenKind.NewLine))
            {
                if (tokens[at].Kind != TokenKind.NewLine)
                    code.Add(tokens[at]);
                continue;
            }
            if (tokens.At(at + 1).Text is "else" or "elif")
                alternatives.Add(tokens[at].Line);
            var end = at;
            while (end < tokens.Count && tokens[end].Kind != TokenKind.NewLine)
                end++;
            if (tokens.At(at + 1).IsWord("define") && tokens.At(at + 3) is { Adjoins: true } open && open.Is("(")
                && tokens.Until(at + 4, ")") is var close && close < end)
                macros.Add(new(file.Path, file.Language, tokens[at + 2].Text, tokens.Part(at + 4, close), tokens.Part(close + 1, end),
                    isLocal: false));
            at = end;
        }
        return (new([.. code]), macros);
    }
}
