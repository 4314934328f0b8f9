using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Languages;

/// <summary>C and C++: <c>#define</c>, enums, <c>const</c> and <c>constexpr</c> variables, structs.</summary>
internal sealed class CFamily : Language
{
    /// <summary>Tokens between <c>enum</c> and its brace, at most.</summary>
    private const int LongestHead = 16;

    public override string Name => "C";

    public override IReadOnlyList<string> Extensions { get; } = [".c", ".h", ".cc", ".cpp", ".cxx", ".hh", ".hpp", ".hxx", ".inc", ".c.in", ".h.in"];

    public override LexicalRules Rules { get; } = new() { LeadingZeroIsOctal = true };

    public override void Read(TokenList tokens, Found found)
    {
        var code = new List<Token>(tokens.Count);
        for (var at = 0; at < tokens.Count; at++)
        {
            if (!IsDirective(tokens, at))
            {
                code.Add(tokens[at]);
                continue;
            }
            var end = at;
            while (end < tokens.Count && tokens[end].Kind != TokenKind.NewLine)
                end++;
            if (tokens.At(at + 1).IsWord("define") && tokens.At(at + 2).Kind == TokenKind.Name && end > at + 3 && !(tokens[at + 3].Is("(") && tokens[at + 3].Adjoins))
                found.Constants.Add(new(tokens[at + 2].Text, "", tokens.Slice(at + 3, end), tokens[at].Line));
            at = end;
        }
        ReadCode(new([.. code.Where(token => token.Kind != TokenKind.NewLine)]), found);
    }

    private static bool IsDirective(TokenList tokens, int at) => tokens[at].Is("#") && (at == 0 || tokens[at - 1].Kind == TokenKind.NewLine);

    private static void ReadCode(TokenList tokens, Found found)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens[at].IsWord("enum"))
                ReadEnum(tokens, at, found);
            else if (tokens[at].IsWord("const") || tokens[at].IsWord("constexpr"))
                ReadConstant(tokens, at, found);
            else if (tokens[at].IsWord("struct") && tokens.At(at + 1).Kind == TokenKind.Name && tokens.At(at + 2).Is("{"))
                found.Records.Add(ReadStruct(tokens, at));
        }
    }

    private static void ReadEnum(TokenList tokens, int at, Found found)
    {
        var open = at + 1;
        while (open - at < LongestHead && (tokens.At(open).Kind == TokenKind.Name || tokens.At(open).Is(":")))
            open++;
        if (!tokens.At(open).Is("{"))
            return;
        var name = tokens.Slice(at + 1, open).FirstOrDefault(token => token.Kind == TokenKind.Name && token.Text is not ("class" or "struct")).Text ?? "";
        found.Constants.AddRange(tokens.EnumMembers(open + 1, name, countsFromZero: true));
    }

    /// <summary>A variable with a value: the name right before the equals sign.</summary>
    private static void ReadConstant(TokenList tokens, int at, Found found)
    {
        var equals = tokens.Until(at, "=", ";", "{", "(", ",");
        if (!tokens.At(equals).Is("=") || tokens.At(equals - 1).Kind != TokenKind.Name || tokens.Slice(at, equals).Any(token => token.Is("*")))
            return;
        found.Constants.Add(new(tokens[equals - 1].Text, "", tokens.Slice(equals + 1, tokens.Until(equals + 1, ";", ",")), tokens[equals - 1].Line));
    }

    private static RecordDefinition ReadStruct(TokenList tokens, int at)
    {
        var record = new RecordDefinition(tokens[at + 1].Text, [], tokens[at].Line);
        var fields = new List<RecordField>();
        var close = tokens.Until(at + 3, "}");
        if (tokens.At(close + 1).IsWord("__packed"))
            record = record with { Packed = true };
        else if (tokens.At(close + 1).IsWord("__attribute__"))
            record = tokens.At(close + 4).Text is "packed" or "__packed__" && tokens.At(close + 5).Is(")") ? record with { Packed = true } : record with { Odd = "it has attributes" };
        for (var start = at + 3; start < close;)
        {
            var end = tokens.Until(start, ";");
            if (end >= close)
                break;
            var field = tokens.Slice(start, end);
            var length = field.TakeWhile(token => !token.Is("[")).Count();
            if (field.Any(token => token.Text is "{" or "(" or ":" or "," or "*") || length == 0 || field[length - 1].Kind != TokenKind.Name)
                record = record with { Odd = "it has bit-fields, pointers, unions or nested structs" };
            else
                fields.Add(new(field[length - 1].Text, [.. field.Take(length - 1), .. field.Skip(length)]));
            start = end + 1;
        }
        return record with { Fields = fields };
    }
}
