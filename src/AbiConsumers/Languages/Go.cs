using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Languages;

/// <summary>Go: single constants, const blocks with <c>iota</c> and implied repetition, structs; and the C code before <c>import "C"</c>.</summary>
internal sealed class Go : Language
{
    private static readonly CFamily C = new();

    public override string Name => "Go";

    public override IReadOnlyList<string> Extensions { get; } = [".go"];

    public override LexicalRules Rules { get; } = new() { LongQuotes = ["`"], LeadingZeroIsOctal = true, GoPrecedence = true };

    public override (Language Language, string Text)? Embedded(string text) => CgoPreamble.Of(text) is { } code ? (C, code) : null;

    public override void Read(TokenList tokens, Found found)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens[at].IsWord("const") && tokens.At(at + 1).Is("("))
                ReadBlock(tokens, at + 2, found);
            else if (tokens[at].IsWord("const") && tokens.At(at + 1).Kind == TokenKind.Name)
            {
                var end = tokens.Until(at + 1, "\n", ";");
                Add(tokens.Part(at + 1, end), [], 0, found);
                at = end - 1;
            }
            else if (tokens[at].IsWord("type") && tokens.At(at + 2).IsWord("struct") && tokens.At(at + 3).Is("{"))
                found.Records.Add(ReadStruct(tokens, at));
        }
    }

    private static void ReadBlock(TokenList tokens, int from, Found found)
    {
        IReadOnlyList<Token> repeated = [];
        var iota = 0;
        for (var at = from; at < tokens.Count && !tokens[at].Is(")");)
        {
            var end = tokens.Until(at, "\n", ";");
            if (end > at)
            {
                repeated = Add(tokens.Part(at, end), repeated, iota, found);
                iota++;
            }
            at = tokens.At(end).Is(")") ? end : end + 1;
        }
    }

    /// <summary>One line of a block: <c>Name</c>, <c>Name = x</c>, <c>Name Type = x</c>. Lists of names are left alone.</summary>
    /// <returns>What the next line repeats.</returns>
    private static IReadOnlyList<Token> Add(TokenList line, IReadOnlyList<Token> repeated, int iota, Found found)
    {
        var equals = line.Until(0, "=");
        if (equals < line.Count)
            repeated = line.Slice(equals + 1, line.Count);
        var names = line.Slice(0, equals);
        if (names.Count is 0 || names[0].Kind != TokenKind.Name || names.Any(token => token.Is(",")))
            return [];
        if (names[0].Text != "_")
            found.Constants.Add(new(names[0].Text, TypeOf(names), repeated, names[0].Line) { Iota = iota });
        return repeated;
    }

    /// <summary>The type a constant has, as Go's nearest thing to an enum's name.</summary>
    private static string TypeOf(ArraySegment<Token> names) => names.Count > 1 && names[^1].Kind == TokenKind.Name ? names[^1].Text : "";

    private static RecordDefinition ReadStruct(TokenList tokens, int at)
    {
        var fields = new List<RecordField>();
        var odd = "";
        var close = tokens.Until(at + 4, "}");
        for (var start = at + 4; start < close;)
        {
            var end = Math.Min(tokens.Until(start, "\n", ";"), close);
            var line = tokens.Part(start, end);
            var names = 1;
            while (line.At(names).Is(",") && line.At(names + 1).Kind == TokenKind.Name)
                names += 2;
            if (line.Count > names && line[0].Kind == TokenKind.Name && !line.Any(token => token.Text is "*" or "map" or "chan" or "func" or "{" or "string"))
                fields.AddRange(line.Take(names).Where(token => token.Kind == TokenKind.Name).Select(name => new RecordField(name.Text, line.Slice(names, line.Count))));
            else if (line.Count > 0)
                odd = "it has embedded or pointer fields";
            start = end + 1;
        }
        return new(tokens[at + 1].Text, fields, tokens[at].Line) { Odd = odd };
    }
}
