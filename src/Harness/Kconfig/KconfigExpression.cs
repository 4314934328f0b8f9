namespace Faultline.Harness.Kconfig;

/// <summary>
/// A condition of the Kconfig language (Documentation/kbuild/kconfig-language.rst, "Menu dependencies"). Values are tristates as kconfig
/// computes them: n = 0, m = 1, y = 2; "and" is the minimum, "or" the maximum, "not" is 2 minus the value.
/// </summary>
internal abstract record KconfigExpression
{
    private KconfigExpression()
    {
    }

    public sealed record Symbol(string Name) : KconfigExpression
    {
        public override string ToString() => Name;
    }

    public sealed record Not(KconfigExpression Operand) : KconfigExpression
    {
        public override string ToString() => Operand is Symbol ? $"!{Operand}" : $"!({Operand})";
    }

    public sealed record And(KconfigExpression Left, KconfigExpression Right) : KconfigExpression
    {
        public override string ToString() => $"{Wrap(Left)} && {Wrap(Right)}";

        private static string Wrap(KconfigExpression e) => e is Or ? $"({e})" : $"{e}";
    }

    public sealed record Or(KconfigExpression Left, KconfigExpression Right) : KconfigExpression
    {
        public override string ToString() => $"{Left} || {Right}";
    }

    public sealed record Comparison(string Left, string Operator, string Right) : KconfigExpression
    {
        public override string ToString() => $"{Left}{Operator}{Right}";
    }

    /// <summary>A macro call such as <c>$(cc-option,…)</c>: known to the compiler of the day only, and taken as true.</summary>
    public sealed record Macro(string Text) : KconfigExpression
    {
        public override string ToString() => Text;
    }

    /// <summary>0, 1 or 2 under a configuration.</summary>
    public int Evaluate(KconfigValues values) => this switch
    {
        Symbol { Name: "y" } => 2,
        Symbol { Name: "m" } => 1,
        Symbol { Name: "n" } => 0,
        Symbol symbol => values.Get(symbol.Name) switch { "y" => 2, "m" => 1, _ => 0 },
        Not not => 2 - not.Operand.Evaluate(values),
        And and => Math.Min(and.Left.Evaluate(values), and.Right.Evaluate(values)),
        Or or => Math.Max(or.Left.Evaluate(values), or.Right.Evaluate(values)),
        Comparison comparison => Compare(comparison, values) ? 2 : 0,
        _ => 2,
    };

    /// <summary>The parts of a conjunction that do not hold, each as it is written.</summary>
    public IEnumerable<KconfigExpression> FalseTerms(KconfigValues values) => this switch
    {
        And and => and.Left.FalseTerms(values).Concat(and.Right.FalseTerms(values)),
        _ => Evaluate(values) == 0 ? [this] : [],
    };

    /// <summary>The options it mentions.</summary>
    public IEnumerable<string> Symbols => this switch
    {
        Symbol { Name: not ("y" or "m" or "n") } symbol => [symbol.Name],
        Not not => not.Operand.Symbols,
        And and => and.Left.Symbols.Concat(and.Right.Symbols),
        Or or => or.Left.Symbols.Concat(or.Right.Symbols),
        Comparison comparison => IsName(comparison.Left) ? [comparison.Left] : [],
        _ => [],
    };

    /// <exception cref="FormatException">The text is no condition.</exception>
    public static KconfigExpression Parse(string text)
    {
        var parser = new Parser(text);
        var result = parser.Or();
        return parser.AtEnd ? result : throw new FormatException($"'{text}': unexpected '{parser.Rest}'.");
    }

    private static bool IsName(string text) => text.Length > 0 && (char.IsAsciiLetterUpper(text[0]) || text.Contains('_', StringComparison.Ordinal));

    private static bool Compare(Comparison comparison, KconfigValues values)
    {
        var left = ValueOf(comparison.Left, values);
        var right = ValueOf(comparison.Right, values);
        var order = long.TryParse(left, out var l) && long.TryParse(right, out var r) ? l.CompareTo(r) : string.CompareOrdinal(left, right);
        return comparison.Operator switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private static string ValueOf(string operand, KconfigValues values) =>
        IsName(operand) ? values.Get(operand).Trim('"') : operand.Trim('"', '\'');

    private sealed class Parser(string text)
    {
        private int _at;

        public bool AtEnd
        {
            get
            {
                SkipBlanks();
                return _at == text.Length;
            }
        }

        public string Rest => text[_at..];

        public KconfigExpression Or()
        {
            var left = And();
            while (Take("||"))
                left = new Or(left, And());
            return left;
        }

        private KconfigExpression And()
        {
            var left = Unary();
            while (Take("&&"))
                left = new And(left, Unary());
            return left;
        }

        private KconfigExpression Unary()
        {
            if (Take("!"))
                return new Not(Unary());
            if (Take("("))
            {
                var inner = Or();
                return Take(")") ? inner : throw new FormatException($"'{text}': ')' is missing.");
            }

            var operand = Operand();
            foreach (var symbol in (string[])["!=", "<=", ">=", "=", "<", ">"])
            {
                if (Take(symbol))
                    return new Comparison(operand, symbol, Operand());
            }

            return operand.StartsWith("$(", StringComparison.Ordinal) ? new Macro(operand) : new Symbol(operand.Trim('"', '\''));
        }

        private string Operand()
        {
            SkipBlanks();
            var start = _at;
            if (_at < text.Length && text[_at] is '"' or '\'')
            {
                var end = text.IndexOf(text[_at], _at + 1);
                _at = end < 0 ? throw new FormatException($"'{text}': a quote is not closed.") : end + 1;
            }
            else if (string.CompareOrdinal(text, _at, "$(", 0, 2) == 0)
            {
                var depth = 0;
                do
                {
                    depth += text[_at] switch { '(' => 1, ')' => -1, _ => 0 };
                    _at++;
                }
                while (_at < text.Length && (depth > 0 || _at == start + 1));
            }
            else
            {
                while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_' or '-' or '.' or '/'))
                    _at++;
            }

            return _at > start ? text[start.._at] : throw new FormatException($"'{text}': a name is missing at '{Rest}'.");
        }

        private bool Take(string token)
        {
            SkipBlanks();
            // "!=" is a comparison, never a negation of "=".
            if (string.CompareOrdinal(text, _at, token, 0, token.Length) != 0 || (token == "!" && string.CompareOrdinal(text, _at, "!=", 0, 2) == 0))
                return false;
            _at += token.Length;
            return true;
        }

        private void SkipBlanks()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
                _at++;
        }
    }
}
