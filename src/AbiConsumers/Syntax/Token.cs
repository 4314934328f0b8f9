namespace Faultline.AbiConsumers.Syntax;

internal enum TokenKind
{
    Name,
    Number,

    /// <summary>A character constant, without its quotes.</summary>
    Character,

    /// <summary>A string; what is in it is no code.</summary>
    Text,

    /// <summary>An operator or bracket.</summary>
    Mark,

    NewLine,
}

/// <summary>One token of a source file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Adjoins">It follows the token before it without a blank; decides in C whether a macro takes arguments.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Line, bool Adjoins)
{
    public bool Is(string mark) => Kind is TokenKind.Mark && Text == mark;

    public bool IsWord(string word) => Kind is TokenKind.Name && Text == word;

    public override string ToString() => Text;
}
