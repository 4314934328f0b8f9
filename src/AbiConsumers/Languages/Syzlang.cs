using System.Text.RegularExpressions;
using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Languages;

/// <summary>Descriptions of system calls for syzkaller: <c>define</c>, and structs with types that name their integer.</summary>
internal sealed partial class Syzlang : Language
{
    private static readonly Token Word = new(TokenKind.Name, "uint64_t", 0, false);

    public override string Name => "syzlang";

    public override IReadOnlyList<string> Extensions { get; } = [".txt"];

    public override LexicalRules Rules { get; } = SyzlangConstants.Lexical;

    /// <summary>Any text can be called .txt; a description has one of these lines.</summary>
    public override bool Recognises(string text) => Sign().IsMatch(text);

    public override void Read(TokenList tokens, Found found)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            if (at > 0 && tokens[at - 1].Kind != TokenKind.NewLine)
                continue;
            if (tokens[at].IsWord("define") && tokens.At(at + 1).Kind == TokenKind.Name)
                found.Constants.Add(new(tokens[at + 1].Text, "", tokens.Slice(at + 2, tokens.Until(at + 2, "\n")), tokens[at].Line));
            else if (tokens[at].Kind == TokenKind.Name && tokens.At(at + 1).Is("{"))
                found.Records.Add(ReadStruct(tokens, at));
        }
    }

    private static RecordDefinition ReadStruct(TokenList tokens, int at)
    {
        var close = tokens.Until(at + 2, "}");
        var fields = new List<RecordField>();
        for (var start = at + 2; start < close;)
        {
            var end = Math.Min(tokens.Until(start, "\n"), close);
            if (end > start + 1 && tokens[start].Kind == TokenKind.Name)
                fields.Add(new(tokens[start].Text, Integer(tokens, start + 1, end)));
            start = end + 1;
        }
        var attributes = tokens.At(close + 1).Is("[") ? tokens.Slice(close + 2, tokens.Until(close + 2, "]")).ToList() : [];
        return new(tokens[at].Text, fields, tokens[at].Line)
        {
            Packed = attributes.Exists(token => token.IsWord("packed")),
            Odd = attributes.Exists(token => token.Text is "align" or "size") ? "it has another alignment or size" : "",
        };
    }

    /// <summary>What a type takes in memory, as C has it: <c>const[UFFD_API, int64]</c> is an int64, <c>array[int8, 4]</c> four of
    /// int8.</summary>
    private static IReadOnlyList<Token> Integer(TokenList tokens, int at, int end)
    {
        var type = tokens[at];
        var inner = tokens.At(at + 1).Is("[") ? tokens.Slice(at + 2, Math.Min(tokens.Until(at + 2, "]"), end)).ToList() : [];
        switch (type.Text)
        {
            case "ptr" or "ptr64" or "vma" or "vma64" or "intptr" or "buffer":
                return [Word];
            case "fd" or "bool32":
                return [new(TokenKind.Name, "int32_t", type.Line, false)];
            case "array" when inner.Count == 3 && inner[2].Kind == TokenKind.Number:
                return [Plain(inner[0]), new(TokenKind.Mark, "[", type.Line, false), inner[2], new(TokenKind.Mark, "]", type.Line, false)];
            case "const" or "flags" or "len" or "bytesize" or "bitsize" or "offsetof" or "proc" or "csum"
                when inner.Exists(token => token.Kind == TokenKind.Name && IntegerType().IsMatch(token.Text)):
                return [Plain(inner.Last(token => token.Kind == TokenKind.Name && IntegerType().IsMatch(token.Text)))];
            default:
                return [Plain(type)];
        }
    }

    /// <summary>Without the byte order, which does not change the size.</summary>
    private static Token Plain(Token type) => IntegerType().Match(type.Text) is { Success: true } match
        ? type with { Text = match.Groups[1].Value } : type;

    [GeneratedRegex("""\A(int(?:8|16|32|64))(?:be)?\z""")]
    private static partial Regex IntegerType();

    [GeneratedRegex("""^(?:include <|incdir <|resource [A-Za-z_]\w*\[|[a-z_0-9]+\$[A-Za-z_0-9]+\()""", RegexOptions.Multiline)]
    private static partial Regex Sign();
}
