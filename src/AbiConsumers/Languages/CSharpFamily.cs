using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Languages;

/// <summary>C# and Java: <c>const</c>, <c>readonly</c> and <c>final</c> fields, enums, and in C# structs.</summary>
/// <param name="enumsAreNumbers">Whether an enum's members count from zero, as in C#. Java's are objects.</param>
internal sealed class CSharpFamily(string name, string extension, bool enumsAreNumbers) : Language
{
    private static readonly string[] Modifiers = ["public", "private", "internal", "protected", "readonly", "unsafe", "required", "new",
        "volatile"];

    public override string Name => name;

    public override IReadOnlyList<string> Extensions { get; } = [extension];

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
            else if (code[at].IsWord("struct") && code.At(at + 1).Kind == TokenKind.Name && code.At(at + 2).Is("{"))
                found.Records.Add(ReadStruct(code, at));
        }
    }

    private void ReadEnum(TokenList code, int at, Found found)
    {
        var open = code.Until(at + 1, "{", ";", "(");
        if (code.At(open).Is("{"))
            found.Constants.AddRange(code.EnumMembers(open + 1, code[at + 1].Text, enumsAreNumbers));
    }

    private static void ReadConstant(TokenList code, int at, string scope, Found found)
    {
        var equals = code.Until(at + 1, "=", ";", "{", "(", ",");
        while (code.At(equals).Is("=") && equals >= at + 3 && code.At(equals - 1).Kind == TokenKind.Name)
        {
            var end = code.Until(equals + 1, ";", ",");
            found.Constants.Add(new(code[equals - 1].Text, scope, code.Slice(equals + 1, end), code[equals - 1].Line));
            equals = code.At(end).Is(",") ? end + 2 : code.Count;
        }
    }

    private static RecordDefinition ReadStruct(TokenList code, int at)
    {
        var close = code.Until(at + 3, "}");
        var fields = new List<RecordField>();
        var odd = AttributesOf(code, at) is var attributes && attributes.Any(token => token.Text is "Explicit" or "Auto" or "InlineArray")
            ? "it has another layout than the sequential one" : "";
        for (var start = at + 3; start < close;)
        {
            while (code.At(start).Is("["))
            {
                if (code.At(start + 1).Text is "MarshalAs" or "FieldOffset")
                    odd = "its fields have attributes";
                start = code.Until(start + 1, "]") + 1;
            }
            var end = code.Until(start, ";", "{", "=>");
            var field = code.Slice(start, Math.Min(end, close)).SkipWhile(token => Modifiers.Contains(token.Text)).ToList();
            if (code.At(end).Is(";") && !field.Exists(token => token.Text is "static" or "const" or "("))
                odd = AddFields(field, fields) ? odd : "it has fields that are not plain integers";
            // Behind a method or property: its body, or the expression that it returns.
            start = code.At(end).Is("{") ? code.Until(end + 1, "}") + 1 : code.At(end).Is("=>") ? code.Until(end, ";") + 1 : end + 1;
        }
        var pack = attributes.SkipWhile(token => !token.IsWord("Pack")).Skip(2).FirstOrDefault();
        return new(code[at + 1].Text, fields, code[at].Line) { Odd = pack.Text is null or "1" or "8" ? odd : "it has another packing",
            Packed = pack.Text == "1" };
    }

    /// <summary>One declaration: <c>ulong start, len</c> or <c>fixed byte pad[4]</c>.</summary>
    /// <returns>Whether all of it is understood.</returns>
    private static bool AddFields(List<Token> field, List<RecordField> fields)
    {
        if (field.Count > 0 && field[0].IsWord("fixed"))
            field.RemoveAt(0);
        var type = field.TakeWhile(token => token.Kind == TokenKind.Name || token.Is(".")).ToList();
        if (type.Count < 2)
            return field.Count == 0;
        type.RemoveAt(type.Count - 1);
        for (var at = type.Count; at < field.Count; at++)
        {
            var array = field.Skip(at + 1).TakeWhile(token => !token.Is(",")).ToList();
            if (field[at].Kind != TokenKind.Name || (array.Count > 0 && !array[0].Is("[")))
                return false;
            fields.Add(new(field[at].Text, [.. type.Where(token => token.Kind == TokenKind.Name).TakeLast(1), .. array]));
            at += array.Count + 1;
        }
        return true;
    }

    /// <summary>The tokens of the attributes and modifiers before a struct.</summary>
    private static List<Token> AttributesOf(TokenList code, int at)
    {
        var words = new List<Token>();
        for (var back = at - 1; back >= 0 && at - back < 64 && !code[back].Is(";") && !code[back].Is("}") && !code[back].Is("{"); back--)
            words.Insert(0, code[back]);
        return words;
    }
}
