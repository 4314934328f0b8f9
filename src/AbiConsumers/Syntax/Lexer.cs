namespace Faultline.AbiConsumers.Syntax;

/// <summary>Splits any text into tokens, by rules loose enough for several languages. Never fails: what it does not know is a mark of one character.</summary>
internal sealed class Lexer(string text, LexicalRules rules)
{
    private static readonly string[] LongMarks = ["<<", ">>", "&^", "::", ":=", "==", "!=", "<=", ">=", "&&", "||", "->", "=>", "..", "**", "//"];

    private readonly List<Token> _tokens = [];
    private int _at;
    private int _line = 1;
    private int _endOfLast = -1;

    public static TokenList Read(string text, LexicalRules rules) => new([.. new Lexer(text, rules).Run()]);

    private List<Token> Run()
    {
        while (_at < text.Length)
        {
            if (text[_at] == '\n')
                NewLine();
            else if (text[_at] == '\\' && IsLineEnd(_at + 1))
                Continuation();
            else if (char.IsWhiteSpace(text[_at]) || text[_at] == '\uFEFF')
                _at++;
            else if (rules.HashedRawStrings && IsRawName())
                _at += "r#".Length;
            else if (!SkipComment() && !SkipString())
                Code();
        }
        return _tokens;
    }

    private void NewLine()
    {
        Add(TokenKind.NewLine, "\n", _at + 1);
        _line++;
    }

    private bool IsLineEnd(int at) => Starts("\n", at) || Starts("\r\n", at);

    private void Continuation()
    {
        _at = text.IndexOf('\n', _at) + 1;
        _line++;
    }

    private bool SkipComment()
    {
        if (Starts(rules.LineComment, _at))
        {
            while (_at < text.Length && text[_at] != '\n')
                _at++;
            return true;
        }
        if (!rules.BlockComments || !Starts("/*", _at))
            return false;
        var depth = 1;
        for (_at += 2; _at < text.Length && depth > 0;)
        {
            if (Starts("*/", _at))
                (depth, _at) = (depth - 1, _at + 2);
            else if (rules.NestedComments && Starts("/*", _at))
                (depth, _at) = (depth + 1, _at + 2);
            else
                Step();
        }
        return true;
    }

    private bool SkipString()
    {
        if (rules.LineStrings.Length > 0 && Starts(rules.LineStrings, _at))
            return Quoted(TokenKind.Text, rules.LineStrings.Length, "\n", escapes: false, keepsClosing: true);
        if (rules.LongQuotes.FirstOrDefault(quote => Starts(quote, _at)) is { } longQuote)
            return Quoted(TokenKind.Text, longQuote.Length, longQuote, escapes: longQuote != "`");
        if (rules.HashedRawStrings && RawQuote() is { } raw)
            return Quoted(TokenKind.Text, raw.Opening, raw.Closing, escapes: false);
        // b'q' is a character and b"qy" a string, of bytes.
        if (rules.HashedRawStrings && text[_at] is 'b' or 'c' && !IsPart(_at - 1) && (Starts("\"", _at + 1) || Starts("b'", _at)))
            _at++;
        if (text[_at] == '"' || (text[_at] == '\'' && rules.SingleQuotedStrings))
            return Quoted(TokenKind.Text, 1, text[_at].ToString(), escapes: true);
        if (text[_at] != '\'')
            return false;
        if (rules.Lifetimes && !(Starts("'", _at + 2) || Starts("\\", _at + 1)))
        {
            _at++;
            return true;
        }
        return Quoted(TokenKind.Character, 1, "'", escapes: true);
    }

    /// <summary><c>r#move</c> is the name <c>move</c>, which would be a word of the language.</summary>
    private bool IsRawName() => Starts("r#", _at) && IsPart(_at + 2) && !IsPart(_at - 1);

    /// <summary>
    /// The length of what opens a raw string here, <c>r#"</c> or <c>br"</c>, and what closes it: a quote and as many hashes.
    /// </summary>
    private (int Opening, string Closing)? RawQuote()
    {
        var first = text[_at] is 'b' or 'c' ? _at + 1 : _at;
        if (!Starts("r", first) || IsPart(_at - 1))
            return null;
        var hashes = first + 1;
        while (hashes < text.Length && text[hashes] == '#')
            hashes++;
        return Starts("\"", hashes) ? (hashes + 1 - _at, "\"" + new string('#', hashes - first - 1)) : null;
    }

    private bool Quoted(TokenKind kind, int opening, string closing, bool escapes, bool keepsClosing = false)
    {
        var line = _line;
        var start = _at + opening;
        var adjoins = _at == _endOfLast;
        for (_at = start; _at < text.Length && !Starts(closing, _at); Step())
        {
            // A quote of one character does not span lines: an apostrophe in an odd place must not swallow the file.
            if (text[_at] == '\n' && closing.Length == 1 && closing != "`" && !rules.HashedRawStrings)
                break;
            if (escapes && text[_at] == '\\' && _at + 1 < text.Length)
                Step();
        }
        var end = Math.Min(_at, text.Length);
        _at = Math.Min(text.Length, Starts(closing, _at) && !keepsClosing ? _at + closing.Length : _at);
        _endOfLast = _at;
        _tokens.Add(new(kind, text[Math.Min(start, end)..end], line, adjoins));
        return true;
    }

    private void Code()
    {
        var end = _at + 1;
        if (IsPart(_at))
        {
            while (end < text.Length && IsPart(end))
                end++;
            Add(char.IsAsciiDigit(text[_at]) ? TokenKind.Number : TokenKind.Name, text[_at..end], end);
            return;
        }
        var mark = Array.Find(LongMarks, mark => Starts(mark, _at)) ?? text[_at].ToString();
        Add(TokenKind.Mark, mark, _at + mark.Length);
    }

    private void Add(TokenKind kind, string token, int end)
    {
        _tokens.Add(new(kind, token, _line, _at == _endOfLast));
        _at = _endOfLast = end;
    }

    private void Step()
    {
        if (_at < text.Length && text[_at] == '\n')
            _line++;
        _at++;
    }

    private bool Starts(string what, int at) => at >= 0 && at <= text.Length && string.CompareOrdinal(text, at, what, 0, what.Length) == 0 && at + what.Length <= text.Length;

    private bool IsPart(int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '$');
}
