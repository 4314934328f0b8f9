using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Languages;

/// <summary>Python: assignments to one name, in a module or a class.</summary>
internal sealed class Python : Language
{
    public override string Name => "Python";

    public override IReadOnlyList<string> Extensions { get; } = [".py", ".pyi", ".pyx", ".pxd"];

    public override LexicalRules Rules { get; } = new() { LineComment = "#", BlockComments = false, LongQuotes = ["\"\"\"", "'''"], SingleQuotedStrings = true };

    public override void Read(TokenList tokens, Found found)
    {
        var scope = "";
        for (var at = 0; at < tokens.Count;)
        {
            var end = tokens.Until(at, "\n", ";");
            // A first token that adjoins the end of the line before it is not indented.
            var indented = at > 0 && !tokens[at].Adjoins;
            if (tokens[at].IsWord("class") && tokens.At(at + 1).Kind == TokenKind.Name)
                scope = tokens[at + 1].Text;
            else if (!indented && end > at)
                scope = "";
            var equals = at + 1;
            if (tokens.At(equals).Is(":"))
                equals = tokens.Until(equals, "=", "\n");
            if (tokens[at].Kind == TokenKind.Name && tokens.At(equals).Is("=") && equals < end)
                found.Constants.Add(new(tokens[at].Text, scope, tokens.Slice(equals + 1, end), tokens[at].Line));
            at = Math.Max(end, at) + 1;
        }
    }
}
