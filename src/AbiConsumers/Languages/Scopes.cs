using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Languages;

/// <summary>Which named block each token stands in: enum, struct, class, impl, bit set.</summary>
internal static class Scopes
{
    private static readonly HashSet<string> Openers = new(["enum", "struct", "class", "interface", "impl", "trait", "mod", "namespace",
        "union"], StringComparer.Ordinal);

    /// <summary>The name of the innermost named block around each token, or empty.</summary>
    public static string[] Of(TokenList tokens)
    {
        var scopes = new string[tokens.Count];
        var stack = new Stack<string>();
        var name = "";
        for (var at = 0; at < tokens.Count; at++)
        {
            scopes[at] = stack.Count > 0 ? stack.Peek() : "";
            var token = tokens[at];
            if (token.Kind == TokenKind.Name && Openers.Contains(token.Text) && tokens.At(at + 1) is { Kind: TokenKind.Name } named
                && !Openers.Contains(named.Text))
                name = named.Text;
            else if (token.Kind == TokenKind.Name && Openers.Contains(token.Text) && NameBefore(tokens, at) is { } assigned)
                name = assigned;
            else if (token.Is("{"))
                stack.Push(name.Length > 0 ? name : scopes[at]);
            else if (token.Is("}"))
                stack.TryPop(out _);
            if (token.Is("{") || token.Is("}") || token.Is(";"))
                name = "";
        }
        return scopes;
    }

    /// <summary>Zig gives a block its name by an assignment: <c>const Mode = packed struct(u64) {</c>.</summary>
    private static string? NameBefore(TokenList tokens, int at)
    {
        var equals = tokens.At(at - 1).Text is "extern" or "packed" ? at - 2 : at - 1;
        return tokens.At(equals).Is("=") && tokens.At(equals - 1).Kind == TokenKind.Name ? tokens[equals - 1].Text : null;
    }
}
