using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Languages;

/// <summary>Structs of Python's ctypes: a class derived from <c>Structure</c> whose <c>_fields_</c> lists names and types.</summary>
internal static class Ctypes
{
    private static readonly string[] Words = ["c_void_p", "c_char_p", "c_size_t", "c_ssize_t"];

    public static bool IsStructure(IEnumerable<Token> bases) =>
        bases.Any(token => token.Text is "Structure" or "LittleEndianStructure" && token.Kind == TokenKind.Name);

    /// <param name="list">The tokens of the list.</param>
    public static RecordDefinition Read(string name, IReadOnlyList<Token> list, int line)
    {
        var tokens = new TokenList([.. list.Where(token => token.Kind != TokenKind.NewLine)]);
        var fields = new List<RecordField>();
        var odd = tokens.At(0).Is("[") || tokens.At(0).Is("(") ? "" : "its fields are not a plain list";
        for (var at = 1; at < tokens.Count && odd.Length == 0; at++)
        {
            if (!tokens[at].Is("("))
                continue;
            var end = tokens.Until(at + 1, ")");
            var type = Type(tokens.Slice(at + 3, end));
            if (tokens.At(at + 1).Kind == TokenKind.Text && tokens.At(at + 2).Is(",") && type.Count > 0)
                fields.Add(new(tokens[at + 1].Text, type));
            else
                odd = "it has bit-fields or computed fields";
            at = end;
        }
        return new(name, fields, line) { Odd = odd };
    }

    /// <summary>The type as C writes it: <c>ctypes.c_uint8 * 4</c> is <c>c_uint8[4]</c>. Empty when it is anything else.</summary>
    private static IReadOnlyList<Token> Type(ArraySegment<Token> tokens)
    {
        var path = tokens.TakeWhile(token => token.Kind == TokenKind.Name || token.Is(".")).ToList();
        if (path.Count == 0 || path[^1].Kind != TokenKind.Name)
            return [];
        var element = Words.Contains(path[^1].Text) ? path[^1] with { Text = "uintptr_t" } : path[^1];
        var rest = tokens.Skip(path.Count).ToList();
        return rest switch
        {
            [] => [element],
            [{ Text: "*" }, { Kind: TokenKind.Number } count] =>
                [element, new(TokenKind.Mark, "[", count.Line, false), count, new(TokenKind.Mark, "]", count.Line, false)],
            _ => [],
        };
    }
}
