using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Languages;

/// <summary>C and C++: <c>#define</c>, enums, <c>const</c> and <c>constexpr</c> variables, structs.</summary>
internal sealed class CFamily : Language
{
    /// <summary>Tokens between <c>enum</c> and its brace, at most.</summary>
    private const int LongestHead = 16;

    public override string Name => "C";

    public override IReadOnlyList<string> Extensions { get; } = [".c", ".h", ".cc", ".cpp", ".cxx", ".c++", ".hh", ".hpp", ".hxx", ".tcc",
        ".ipp", ".inc", ".c.in", ".h.in"];

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
            if (tokens.At(at + 1).IsWord("define") && tokens.At(at + 2).Kind == TokenKind.Name && end > at + 3
                && !(tokens[at + 3].Is("(") && tokens[at + 3].Adjoins))
                found.Constants.Add(new(tokens[at + 2].Text, "", tokens.Slice(at + 3, end), tokens[at].Line));
            at = end;
        }
        ReadCode(new([.. code.Where(token => token.Kind != TokenKind.NewLine)]), found);
    }

    private static bool IsDirective(TokenList tokens, int at) => tokens[at].Is("#")
        && (at == 0 || tokens[at - 1].Kind == TokenKind.NewLine);

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
        var name = tokens.Slice(at + 1, open).FirstOrDefault(token => token.Kind == TokenKind.Name
            && token.Text is not ("class" or "struct")).Text ?? "";
        found.Constants.AddRange(tokens.EnumMembers(open + 1, name, countsFromZero: true));
    }

    /// <summary>Variables with values, each name right before its equals sign: <c>const int A = 1, B = 2;</c>.</summary>
    private static void ReadConstant(TokenList tokens, int at, Found found)
    {
        var equals = tokens.Until(at, "=", ";", "{", "(", ",");
        // constexpr std::uint64_t A{1};
        if (tokens.At(equals).Is("{") && equals - at > 2 && tokens.At(equals - 1).Kind == TokenKind.Name
            && tokens.At(tokens.Until(equals + 1, ",", "}") + 1).Is(";")
            && !tokens.Slice(at, equals).Any(token => token.Is("*") || token.Text is "struct" or "union" or "class" or "enum"))
            found.Constants.Add(new(tokens[equals - 1].Text, "", tokens.Slice(equals + 1, tokens.Until(equals + 1, "}")),
                tokens[equals - 1].Line));
        while (tokens.At(equals).Is("=") && tokens.At(equals - 1).Kind == TokenKind.Name && !tokens.Slice(at, equals)
            .Any(token => token.Is("*")))
        {
            var end = tokens.Until(equals + 1, ";", ",");
            found.Constants.Add(new(tokens[equals - 1].Text, "", tokens.Slice(equals + 1, end), tokens[equals - 1].Line));
            (at, equals) = (end + 1, tokens.At(end).Is(",") ? end + 2 : tokens.Count);
        }
    }

    private static RecordDefinition ReadStruct(TokenList tokens, int at)
    {
        var record = new RecordDefinition(tokens[at + 1].Text, [], tokens[at].Line);
        var fields = new List<RecordField>();
        var close = tokens.Until(at + 3, "}");
        if (tokens.At(close + 1).IsWord("__packed"))
            record = record with { Packed = true };
        else if (tokens.At(close + 1).IsWord("__attribute__"))
            record = tokens.At(close + 4).Text is "packed" or "__packed__" && tokens.At(close + 5).Is(")")
                ? record with { Packed = true } : record with { Odd = "it has attributes" };
        for (var start = at + 3; start < close;)
        {
            var end = tokens.Until(start, ";");
            if (end >= close)
                break;
            if (!AddFields(tokens.Slice(start, end), fields))
                record = record with { Odd = "it has bit-fields, function pointers, unions or nested structs" };
            start = end + 1;
        }
        return record with { Fields = fields };
    }

    /// <summary>One declaration with all its declarators: <c>__u64 start, *next, pad[4];</c>.</summary>
    /// <returns>Whether all of it is understood.</returns>
    private static bool AddFields(ArraySegment<Token> declaration, List<RecordField> fields)
    {
        if (declaration.Any(token => token.Text is "{" or "(" or ":"))
            return false;
        var type = declaration.TakeWhile(token => token.Kind == TokenKind.Name).ToList();
        // The last word of the first declarator is its name, unless a star stands between it and the type.
        if (type.Count > 0 && !declaration.Skip(type.Count).FirstOrDefault().Is("*"))
            type.RemoveAt(type.Count - 1);
        var rest = declaration.Skip(type.Count).ToList();
        while (rest.Count > 0)
        {
            var declarator = rest.TakeWhile(token => !token.Is(",")).ToList();
            rest.RemoveRange(0, Math.Min(rest.Count, declarator.Count + 1));
            var isPointer = declarator.RemoveAll(token => token.Is("*") || token.Text is "const" or "restrict" or "volatile") > 0;
            if (type.Count == 0 || declarator.Count == 0 || declarator[0].Kind != TokenKind.Name
                || (declarator.Count > 1 && !declarator[1].Is("[")))
                return false;
            fields.Add(new(declarator[0].Text, [.. isPointer ? [Pointer] : type, .. declarator.Skip(1)]));
        }
        return true;
    }

    private static readonly Token Pointer = new(TokenKind.Name, "uintptr_t", 0, false);
}
