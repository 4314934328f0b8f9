using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Languages;

/// <summary>The numbers that syzkaller extracted from headers: <c>NAME = value</c>, with the machines where it is another.</summary>
internal sealed class SyzlangConstants : Language
{
    internal static readonly LexicalRules Lexical = new() { LineComment = "#", BlockComments = false };

    public override string Name => "syzlang";

    public override IReadOnlyList<string> Extensions { get; } = [".const"];

    public override LexicalRules Rules => Lexical;

    public override bool Recognises(string text) => text.Contains("\narches = ", StringComparison.Ordinal)
        || text.StartsWith("arches = ", StringComparison.Ordinal);

    public override void Read(TokenList tokens, Found found)
    {
        for (var at = 0; at < tokens.Count;)
        {
            var end = tokens.Until(at, "\n");
            // A value that begins with a machine's name holds there alone.
            if (tokens[at].Kind == TokenKind.Name && tokens.At(at + 1).Is("=") && tokens.At(at + 2).Kind == TokenKind.Number
                && !tokens.At(at + 3).Is(":"))
                found.Constants.Add(new(tokens[at].Text, "", tokens.Slice(at + 2, at + 3), tokens[at].Line));
            at = Math.Max(at, end) + 1;
        }
    }
}
