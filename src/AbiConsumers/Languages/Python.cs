using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Languages;

/// <summary>Python: assignments to one name, in a module or a class, and structs of ctypes.</summary>
internal sealed class Python : Language
{
    public override string Name => "Python";

    public override IReadOnlyList<string> Extensions { get; } = [".py", ".pyi", ".pyx", ".pxd"];

    public override LexicalRules Rules { get; } = new() { LineComment = "#", BlockComments = false, LongQuotes = ["\"\"\"", "'''"], SingleQuotedStrings = true };

    public override void Read(TokenList tokens, Found found)
    {
        var scope = "";
        var structures = new HashSet<string>(StringComparer.Ordinal);
        var packed = new HashSet<string>(StringComparer.Ordinal);
        var fields = new List<(string Structure, IReadOnlyList<Token> List, int Line)>();
        for (var at = 0; at < tokens.Count;)
        {
            var end = tokens.Until(at, "\n", ";");
            // A first token that adjoins the end of the line before it is not indented.
            var indented = at > 0 && !tokens[at].Adjoins;
            if (tokens[at].IsWord("class") && tokens.At(at + 1).Kind == TokenKind.Name)
            {
                scope = tokens[at + 1].Text;
                if (Ctypes.IsStructure(tokens.Slice(at + 2, end)))
                    structures.Add(scope);
            }
            else if (!indented && end > at)
                scope = "";
            var equals = at + 1;
            if (tokens.At(equals).Is(":"))
                equals = tokens.Until(equals, "=", "\n");
            if (tokens[at].IsWord("_fields_") && tokens.At(equals).Is("="))
                fields.Add((scope, tokens.Slice(equals + 1, end), tokens[at].Line));
            else if (tokens.At(at + 2).IsWord("_fields_") && tokens.At(at + 3).Is("="))
                fields.Add((tokens[at].Text, tokens.Slice(at + 4, end), tokens[at].Line));
            else if (tokens[at].IsWord("_pack_"))
                packed.Add(tokens.At(equals + 1).Text == "1" ? scope : "");
            else if (tokens[at].Kind == TokenKind.Name && tokens.At(equals).Is("=") && equals < end)
                found.Constants.Add(new(tokens[at].Text, scope, tokens.Slice(equals + 1, end), tokens[at].Line));
            at = Math.Max(end, at) + 1;
        }
        found.Records.AddRange(from item in fields
                               where structures.Contains(item.Structure)
                               select Ctypes.Read(item.Structure, item.List, item.Line) with { Packed = packed.Contains(item.Structure) });
    }
}
