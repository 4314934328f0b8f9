using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Languages;

/// <summary>Zig: <c>const</c>, enums, <c>extern struct</c>, and the flags of a <c>packed struct</c>.</summary>
internal sealed class Zig : Language
{
    public override string Name => "Zig";

    public override IReadOnlyList<string> Extensions { get; } = [".zig"];

    public override LexicalRules Rules { get; } = new() { BlockComments = false, LineStrings = "\\\\" };

    public override void Read(TokenList tokens, Found found)
    {
        var code = tokens.WithoutLines();
        var scopes = Scopes.Of(code);
        for (var at = 0; at < code.Count; at++)
        {
            if (code[at].IsWord("const") && code.At(at + 1).Kind == TokenKind.Name)
                ReadConstant(code, at + 1, scopes[at], found);
        }
    }

    private static void ReadConstant(TokenList code, int name, string scope, Found found)
    {
        if (code.ValueOf(name) is not { } value)
            return;
        var kind = code.At(value).Text is "extern" or "packed" ? value + 1 : value;
        var open = kind + 1;
        if (code.At(open).Is("("))
            open = code.Until(open + 1, ")") + 1;
        if (code.At(kind).IsWord("enum") && code.At(open).Is("{"))
            found.Constants.AddRange(code.EnumMembers(open + 1, code[name].Text, countsFromZero: true));
        else if (code.At(kind).IsWord("struct") && code.At(open).Is("{"))
            ReadStruct(code, name, open, code[value].Text, found);
        else
            found.Constants.Add(new(code[name].Text, scope, code.Slice(value, code.Until(value, ";")), code[name].Line));
    }

    private static void ReadStruct(TokenList code, int name, int open, string how, Found found)
    {
        var fields = Fields(code, open).ToList();
        if (how == "packed")
            ReadFlags(code[name].Text, fields, found);
        else if (fields.Count > 0)
            found.Records.Add(new(code[name].Text, fields, code[name].Line) { Odd = how == "extern" ? "" : "it is not an extern struct" });
    }

    /// <summary>The bits of a packed struct: each <c>bool</c> is a flag at the place that the fields before it leave.</summary>
    private static void ReadFlags(string name, List<RecordField> fields, Found found)
    {
        var bit = 0;
        foreach (var field in fields)
        {
            var width = field.Type.Count != 1 ? 0 : field.Type[0].Text == "bool" ? 1
                : field.Type[0].Text is ['u' or 'i', .. var digits] && int.TryParse(digits, out var bits) && bits is >= 0 and <= 128
                    ? bits : 0;
            if (width == 0 || bit > 127)
                return;
            var line = field.Type[0].Line;
            if (field.Type[0].Text == "bool")
            {
                found.Constants.Add(new(field.Name, name,
                    [new(TokenKind.Number, "1", line, false), new(TokenKind.Mark, "<<", line, false),
                        new(TokenKind.Number, $"{bit}", line, false)], line));
            }
            bit += width;
        }
    }

    /// <summary>The fields, from behind the brace on; declarations and functions among them are passed over.</summary>
    private static IEnumerable<RecordField> Fields(TokenList code, int open)
    {
        var close = code.Until(open + 1, "}");
        for (var at = open + 1; at < close;)
        {
            if (code[at].Kind == TokenKind.Name && code.At(at + 1).Is(":"))
            {
                var end = Math.Min(code.Until(at + 2, ","), close);
                yield return new(code[at].Text, [.. code.Slice(at + 2, Math.Min(code.Until(at + 2, "=", ","), end))]);
                at = end + 1;
                continue;
            }
            var stop = code.Until(at, ";", "{", ",");
            at = code.At(stop).Is("{") ? code.Until(stop + 1, "}") + 1 : stop + 1;
        }
    }
}
