using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Languages;

/// <summary>Enums, on whose members C, C++, C#, Java, Rust and Zig agree.</summary>
internal static class EnumReading
{
    /// <summary>The members, from behind the opening brace.</summary>
    /// <param name="countsFromZero">Whether members before the first number have one too. Where enums need not be numbers, those without are left out.</param>
    public static IEnumerable<Definition> EnumMembers(this TokenList tokens, int from, string scope, bool countsFromZero = false)
    {
        IReadOnlyList<Token>? expression = countsFromZero ? [new(TokenKind.Number, "0", 0, false)] : null;
        var step = 0;
        for (var at = from; at < tokens.Count && !tokens[at].Is("}"); at++)
        {
            while (tokens.At(at).Is("#") || tokens.At(at).Is("["))
                at = BehindAttribute(tokens, at);
            var end = tokens.Until(at, ",");
            if (tokens.At(at).Kind == TokenKind.Name)
            {
                if (tokens.At(at + 1).Is("="))
                    (expression, step) = (tokens.Slice(at + 2, end), 0);
                if (expression is not null)
                    yield return new(tokens[at].Text, scope, expression, tokens[at].Line) { Step = step++ };
            }
            if (!tokens.At(end).Is(","))
                yield break;
            at = end;
        }
    }

    private static int BehindAttribute(TokenList tokens, int at)
    {
        var open = tokens.At(at).Is("#") ? at + 1 : at;
        return tokens.At(open).Is("[") ? tokens.Until(open + 1, "]") + 1 : open;
    }
}
