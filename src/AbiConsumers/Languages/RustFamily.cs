using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Languages;

/// <summary>Rust: <c>const</c>, <c>static</c>, enums, bitflags, <c>repr(C)</c> structs, and macros that make requests.</summary>
internal sealed class RustFamily : Language
{
    public override string Name => "Rust";

    public override IReadOnlyList<string> Extensions { get; } = [".rs"];

    public override LexicalRules Rules { get; } = new() { NestedComments = true, Lifetimes = true, HashedRawStrings = true };

    public override void Read(TokenList tokens, Found found)
    {
        var code = tokens.WithoutLines();
        var scopes = Scopes.Of(code);
        for (var at = 0; at < code.Count; at++)
        {
            if ((code[at].IsWord("const") || code[at].IsWord("static")) && code.At(at + 1).Kind == TokenKind.Name)
                ReadConstant(code, at + 1, scopes[at], found);
            else if (code[at].IsWord("enum") && code.At(at + 1).Kind == TokenKind.Name && code.At(at + 2).Is("{"))
                found.Constants.AddRange(code.EnumMembers(at + 3, code[at + 1].Text, IsNumeric(code, at)));
            else if (code.At(at + 1).Is("!") && RustIoctls.Read(code, at) is { } request)
                found.Constants.Add(request);
            else if (code[at].IsWord("struct") && code.At(at + 1).Kind == TokenKind.Name && code.At(at + 2).Is("{"))
                found.Records.Add(ReadStruct(code, at));
        }
    }

    private static void ReadConstant(TokenList code, int name, string scope, Found found)
    {
        if (code.ValueOf(name) is not { } value)
            return;
        found.Constants.Add(new(code[name].Text, scope, code.Slice(value, code.Until(value, ";")), code[name].Line));
    }

    /// <summary>Whether an enum's members are numbers that count from zero: it is laid out as an integer, or gives a number
    /// itself.</summary>
    private static bool IsNumeric(TokenList code, int at) =>
        Representation(code, at).Any(word => word == "C" || Evaluation.IntegerType.TryFind(word, out _))
        || code.At(code.Until(at + 3, "=", "}")).Is("=");

    private static RecordDefinition ReadStruct(TokenList code, int at)
    {
        var close = code.Until(at + 3, "}");
        var fields = new List<RecordField>();
        for (var start = at + 3; start < close;)
        {
            while (code.At(start).Is("#"))
                start = code.Until(start + 2, "]") + 1;
            if (code.At(start).IsWord("pub"))
                start = code.At(start + 1).Is("(") ? code.Until(start + 2, ")") + 1 : start + 1;
            var end = Math.Min(code.Until(start, ","), close);
            if (code.At(start).Kind == TokenKind.Name && code.At(start + 1).Is(":"))
                fields.Add(new(code[start].Text, code.Slice(start + 2, end)));
            start = end + 1;
        }
        var repr = Representation(code, at);
        var odd = !repr.Contains("C") ? "there is no repr(C) on it here" : repr.Contains("align") ? "it has an alignment of its own" : "";
        return new(code[at + 1].Text, fields, code[at].Line) { Odd = odd, Packed = repr.Contains("packed") };
    }

    /// <summary>The words of the <c>repr</c> attributes right before the struct.</summary>
    private static HashSet<string> Representation(TokenList code, int at)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        for (var back = at - 1; back >= 0 && !code[back].Is(";") && !code[back].Is("}") && !code[back].Is("{"); back--)
        {
            if (code[back].IsWord("repr"))
                words.UnionWith(code.Slice(back, code.Until(back + 2, ")")).Select(token => token.Text));
        }
        return words;
    }
}
