using System.Collections;

namespace Faultline.AbiConsumers.Syntax;

/// <summary>The tokens of a file, with each bracket's partner known, so that looking for the end of something never walks through what is inside.</summary>
internal sealed class TokenList : IReadOnlyList<Token>
{
    /// <summary>Longer stretches without a bracket are no expression; the bound keeps the reading of hostile files linear.</summary>
    private const int LongestStretch = 4096;

    private static readonly Token None = new(TokenKind.NewLine, "", 0, false);

    private readonly Token[] _tokens;
    private readonly int[] _partner;

    public TokenList(Token[] tokens)
    {
        _tokens = tokens;
        _partner = new int[tokens.Length];
        var open = new Stack<int>();
        for (var at = 0; at < tokens.Length; at++)
        {
            if (IsOpening(tokens[at]))
                open.Push(at);
            else if (IsClosing(tokens[at]) && open.TryPop(out var opening))
                _partner[opening] = at;
        }
        foreach (var unclosed in open)
            _partner[unclosed] = tokens.Length;
    }

    public int Count => _tokens.Length;

    public Token this[int at] => _tokens[at];

    /// <summary>The token there, or the end of a line where there is none.</summary>
    public Token At(int at) => at >= 0 && at < _tokens.Length ? _tokens[at] : None;

    /// <summary>
    /// The token that closes the bracket opened at a token: <see cref="Count"/> when none does, 0 when none opens
    /// there.
    /// </summary>
    public int Partner(int at) => _partner[at];

    /// <summary>
    /// The token at which the value begins in <c>NAME = VALUE</c> or <c>NAME: TYPE = VALUE</c>; null where there is
    /// none.
    /// </summary>
    /// <param name="name">Index of the name.</param>
    public int? ValueOf(int name)
    {
        var equals = At(name + 1).Is(":") ? Until(name + 1, "=", ";") : name + 1;
        return At(equals).Is("=") ? equals + 1 : null;
    }

    /// <summary>The index of the first of <paramref name="ends"/> outside of brackets, from <paramref name="from"/> on, or of the bracket that closes around it; <see cref="Count"/> when there is none.</summary>
    /// <param name="ends">Marks; a line break is <c>\n</c>.</param>
    public int Until(int from, params ReadOnlySpan<string> ends)
    {
        for (int at = from, steps = 0; at < _tokens.Length && steps < LongestStretch; at++, steps++)
        {
            var token = _tokens[at];
            if (token.Kind is not (TokenKind.Mark or TokenKind.NewLine))
                continue;
            foreach (var end in ends)
            {
                if (token.Text == end)
                    return at;
            }
            if (IsClosing(token))
                return at;
            if (IsOpening(token))
                at = _partner[at];
        }
        return _tokens.Length;
    }

    /// <summary>A part, not copied.</summary>
    public ArraySegment<Token> Slice(int from, int to) => from < to ? new(_tokens, from, to - from) : ArraySegment<Token>.Empty;

    /// <summary>A part as a list of its own.</summary>
    public TokenList Part(int from, int to) => new([.. Slice(from, to)]);

    /// <summary>Without the ends of lines, for languages to which they mean nothing.</summary>
    public TokenList WithoutLines() => new([.. _tokens.Where(token => token.Kind != TokenKind.NewLine)]);

    public IEnumerator<Token> GetEnumerator() => ((IEnumerable<Token>)_tokens).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _tokens.GetEnumerator();

    private static bool IsOpening(Token token) => token.Kind == TokenKind.Mark && token.Text is "(" or "[" or "{";

    private static bool IsClosing(Token token) => token.Kind == TokenKind.Mark && token.Text is ")" or "]" or "}";
}
