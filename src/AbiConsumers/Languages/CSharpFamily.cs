using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Languages;

/// <summary>C# and Java: <c>const</c>, <c>readonly</c> and <c>final</c> fields, enums.</summary>
internal sealed class CSharpFamily : Language
{
    public override string Name => "C#";

    public override IReadOnlyList<string> Extensions { get; } = [".cs", ".java"];

    public override LexicalRules Rules { get; } = new() { LongQuotes = ["\"\"\""] };

    public override void Read(TokenList tokens, Found found)
    {
        var code = tokens.WithoutLines();
        var scopes = Scopes.Of(code);
        for (var at = 0; at < code.Count; at++)
        {
            if (code[at].IsWord("enum") && code.At(at + 1).Kind == TokenKind.Name)
                ReadEnum(code, at, found);
            else if (code[at].Text is "const" or "readonly" or "final" && code[at].Kind == TokenKind.Name)
                ReadConstant(code, at, scopes[at], found);
        }
    }

    private static void ReadEnum(TokenList code, int at, Found found)
    {
        var open = code.Until(at + 1, "{", ";", "(");
        if (code.At(open).Is("{"))
            found.Constants.AddRange(code.EnumMembers(open + 1, code[at + 1].Text));
    }

    private static void ReadConstant(TokenList code, int at, string scope, Found found)
    {
        var equals = code.Until(at + 1, "=", ";", "{", "(", ",");
        if (code.At(equals).Is("=") && equals >= at + 3 && code.At(equals - 1).Kind == TokenKind.Name)
            found.Constants.Add(new(code[equals - 1].Text, scope, code.Slice(equals + 1, code.Until(equals + 1, ";", ",")), code[equals - 1].Line));
    }
}
