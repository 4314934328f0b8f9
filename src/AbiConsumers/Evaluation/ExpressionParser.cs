using System.Numerics;
using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Evaluation;

/// <summary>Reads one expression by precedence and computes on the way.</summary>
internal sealed class ExpressionParser(Evaluator evaluator, INames names, Definition definition, int pointerBits)
{
    private const int DeepestNesting = 64;

    private static readonly Token End = new(TokenKind.NewLine, "", 0, false);

    private readonly IReadOnlyList<Token> _tokens = [.. definition.Expression.Where(token => token.Kind != TokenKind.NewLine)];
    private int _at;
    private int _depth;

    private Token Next => _at < _tokens.Count ? _tokens[_at] : End;

    public BigInteger ReadWhole()
    {
        if (_tokens.Count == 0)
            throw new UnclearException("it has no value");
        var value = Read(0);
        return _at == _tokens.Count ? value : throw Unknown();
    }

    private UnclearException Unknown() => new(_at < _tokens.Count ? $"'{Next}' is not understood here" : "the expression ends too early");

    private BigInteger Read(int least)
    {
        if (++_depth > DeepestNesting)
            throw new UnclearException("it is nested too deep");
        var left = ReadOperand();
        while (Precedence(Next) is var precedence && precedence > least)
        {
            var mark = Next.Text;
            _at++;
            left = Evaluator.Bounded(Apply(mark, left, Read(precedence)));
        }
        _depth--;
        return left;
    }

    private int Precedence(Token token) => token.Kind != TokenKind.Mark ? 0 : (token.Text, definition.Rules.GoPrecedence) switch
    {
        ("*" or "/" or "%", _) => 6,
        ("<<" or ">>" or "&" or "&^", true) => 6,
        ("+" or "-" or "|" or "^", true) => 5,
        ("+" or "-", _) => 5,
        ("<<" or ">>", _) => 4,
        ("&", _) => 3,
        ("^", _) => 2,
        ("|", _) => 1,
        _ => 0,
    };

    private static BigInteger Apply(string mark, BigInteger left, BigInteger right) => mark switch
    {
        "*" => left * right,
        "/" or "%" when right.IsZero => throw new UnclearException("it divides by zero"),
        // Unsigned types are not followed: a negative number here, such as ~0U, may be a large one there. Other operators give the same
        // bits.
        "/" or "%" when left.Sign < 0 || right.Sign < 0 => throw WidthMatters(),
        "/" => BigInteger.Divide(left, right),
        "%" => BigInteger.Remainder(left, right),
        "+" => left + right,
        "-" => left - right,
        "<<" or ">>" when right.Sign < 0 || right > 127 => throw new UnclearException($"it shifts by {right}"),
        "<<" => left << (int)right,
        ">>" when left.Sign < 0 => throw WidthMatters(),
        ">>" => left >> (int)right,
        "&" => left & right,
        "&^" => left & ~right,
        "^" => left ^ right,
        _ => left | right,
    };

    private static UnclearException WidthMatters() => new("its value depends on the width of a type");

    /// <summary>An operand with Rust's <c>as</c>, which binds weaker than a sign: <c>-1 as u8</c> is 255.</summary>
    private BigInteger ReadOperand()
    {
        var value = ReadUnary();
        while (Next.IsWord("as"))
        {
            _at++;
            // "as _" is whatever type the place wants: a constant of that name fits it.
            if (!Next.IsWord("_"))
                value = TypeNamed(Next.Text) is { } type ? type.Convert(value) : throw Unknown();
            _at++;
        }
        return value;
    }

    private BigInteger ReadUnary()
    {
        var token = Next;
        if (token.Kind == TokenKind.Mark && token.Text is "-" or "+" or "~" or "^")
        {
            if (token.Text == "^" && !definition.Rules.GoPrecedence)
                throw Unknown();
            _at++;
            var operand = Nested(ReadUnary);
            return token.Text switch { "-" => -operand, "+" => operand, _ => ~operand };
        }
        return ReadPrimary();
    }

    private BigInteger Nested(Func<BigInteger> read)
    {
        if (++_depth > DeepestNesting)
            throw new UnclearException("it is nested too deep");
        var value = read();
        _depth--;
        return value;
    }

    private BigInteger ReadPrimary()
    {
        var token = Next;
        switch (token.Kind)
        {
            case TokenKind.Number:
                _at++;
                return NumberReader.TryRead(token.Text, definition.Rules.LeadingZeroIsOctal, out var number) ? number
                    : throw new UnclearException($"{token} is no integer");
            case TokenKind.Character:
                _at++;
                return CharacterReader.TryRead(token.Text, out var character) ? character
                    : throw new UnclearException($"'{token}' is no plain character");
            case TokenKind.Name:
                return ReadName();
            case TokenKind.Mark when token.Text == "(":
                return ReadParenthesis();
            case TokenKind.Mark when token.Text == "@":
                return ReadBuiltin();
            case TokenKind.Text:
                throw new UnclearException("it is a string");
            default:
                throw Unknown();
        }
    }

    /// <summary>A parenthesis, or a cast.</summary>
    private BigInteger ReadParenthesis()
    {
        var close = _at + 1;
        while (close < _tokens.Count && _tokens[close].Kind == TokenKind.Name)
            close++;
        var words = _tokens.Skip(_at + 1).Take(close - _at - 1).Select(token => token.Text).ToList();
        if (close < _tokens.Count && _tokens[close].Is(")") && IntegerType.TryRead(words, pointerBits, out var type))
        {
            _at = close + 1;
            return type.Convert(Nested(ReadUnary));
        }
        _at++;
        var value = Read(0);
        Expect(")");
        return value;
    }

    private BigInteger ReadName()
    {
        var name = Next.Text;
        _at++;
        if (Next.Is("(") || Next.Is("!"))
            return ReadQualifiedCall("", name);
        if (name == "iota" && definition.Iota is { } iota)
            return iota;
        // Features::WP.bits() is the number of the last name but that word.
        var scope = "";
        while (Next.Is("::") || Next.Is("."))
        {
            if (_at + 1 < _tokens.Count && _tokens[_at + 1].Is("<"))
                return ReadGenericCall(scope, name);
            var member = _at + 1 < _tokens.Count ? _tokens[_at + 1] : End;
            if (member.Kind != TokenKind.Name)
                throw Unknown();
            _at += 2;
            if (member.Text == "bits")
            {
                if (Next.Is("("))
                {
                    _at++;
                    Expect(")");
                }
                break;
            }
            (scope, name) = (name == "Self" ? definition.Scope : name, member.Text);
        }
        if (Next.Is("(") || Next.Is("!"))
            return ReadQualifiedCall(scope, name);
        return evaluator.ValueOf(name, scope, definition);
    }

    /// <summary>A call behind a path, or of a Rust macro: <c>ctypes.sizeof(T)</c>, <c>IOCTL.IOWR(…)</c>, <c>request_code_read!(…)</c>,
    /// <c>opcode::none(…)</c>.</summary>
    private BigInteger ReadQualifiedCall(string scope, string name)
    {
        if (Next.Is("!"))
            _at++;
        return IoctlMacro.FindInRust(scope, name) is { } macro ? ReadRequest(macro, size: null) : ReadCall(name);
    }

    /// <summary>Rust's <c>size_of::&lt;T&gt;()</c> and <c>opcode::read_write::&lt;T&gt;(type, number)</c>.</summary>
    private BigInteger ReadGenericCall(string scope, string name)
    {
        _at += 2;
        var size = ReadTypeSize();
        Expect(">");
        if (IoctlMacro.FindInRust(scope, name) is { } macro)
            return ReadRequest(macro, size);
        if (name is not ("size_of" or "SizeOf"))
            throw new UnclearException($"{name}(…) is not known");
        Expect("(");
        Expect(")");
        return size;
    }

    /// <summary>A request of which the size of the argument is known already, or is the third number.</summary>
    private BigInteger ReadRequest(IoctlMacro macro, BigInteger? size)
    {
        if (!evaluator.KnowsIoctls)
            throw new UnclearException("the target encodes requests in a way of its own");
        Expect("(");
        var type = Read(0);
        Expect(",");
        var number = Read(0);
        if (size is null && Next.Is(","))
        {
            _at++;
            size = Read(0);
        }
        Expect(")");
        return IoctlMacro.Encode(macro.Direction, type, number,
            size ?? 0) ?? throw new UnclearException("a part of the ioctl does not fit its place");
    }

    /// <summary>Zig's <c>@as(T, value)</c> and <c>@sizeOf(T)</c>.</summary>
    private BigInteger ReadBuiltin()
    {
        _at++;
        var name = Next.Text;
        _at++;
        Expect("(");
        if (name == "sizeOf")
        {
            var size = ReadTypeSize();
            Expect(")");
            return size;
        }
        if (name != "as" || TypeNamed(Next.Text) is not { } type)
            throw new UnclearException($"@{name}(…) is not known");
        _at++;
        Expect(",");
        var value = Read(0);
        Expect(")");
        return type.Convert(value);
    }

    private BigInteger ReadCall(string name)
    {
        if (IoctlMacro.Find(name) is { } macro)
        {
            if (!evaluator.KnowsIoctls)
                throw new UnclearException("the target encodes requests in a way of its own");
            _at++;
            return ReadIoctl(macro);
        }
        if (name == "sizeof")
            return ReadSize();
        _at++;
        var value = Read(0);
        if (name == "_AC" && Next.Is(","))
            _at += 2;
        Expect(")");
        if (name is "BIT" or "BIT_ULL" or "_BITUL" or "_BITULL")
            return Apply("<<", BigInteger.One, value);
        if (name is "_AC" or "_UL" or "_ULL" or "UINT64_C" or "UINT32_C" or "INT64_C" or "INT32_C" or "unchecked" or "checked")
            return value;
        return TypeNamed(name) is { } type ? type.Convert(value) : throw new UnclearException($"{name}(…) is not known");
    }

    private IntegerType? TypeNamed(string name) => name switch
    {
        "usize" or "size_t" or "uintptr" or "nuint" or "uintptr_t" or "c_ulong" => new(pointerBits, Signed: false),
        "isize" or "ssize_t" or "nint" or "c_long" => new(pointerBits, Signed: true),
        _ => IntegerType.TryRead([name], pointerBits, out var type) ? type : null,
    };

    private BigInteger ReadIoctl(IoctlMacro macro)
    {
        BigInteger direction = macro.Direction;
        if (macro.TakesDirection)
        {
            direction = Read(0);
            Expect(",");
        }
        var type = Read(0);
        Expect(",");
        var number = Read(0);
        var size = BigInteger.Zero;
        if (macro.TakesArgument)
        {
            Expect(",");
            size = macro.TakesDirection ? Read(0) : ReadTypeSize();
        }
        Expect(")");
        return IoctlMacro.Encode(direction, type, number, size) ?? throw new UnclearException("a part of the ioctl does not fit its place");
    }

    private BigInteger ReadSize()
    {
        Expect("(");
        var size = ReadTypeSize();
        Expect(")");
        return size;
    }

    private long ReadTypeSize()
    {
        var words = new List<string>();
        while (Next.Kind == TokenKind.Name || (words.Count > 0 && (Next.Is("::") || Next.Is("."))))
        {
            // Of a path only the last name is the type's.
            if (Next.Kind == TokenKind.Mark)
                words.RemoveAt(words.Count - 1);
            else
                words.Add(Next.Text);
            _at++;
        }
        if (IntegerType.TryRead(words, pointerBits, out var type))
            return type.Bits / 8;
        var text = string.Join(' ', words);
        if (words.Count is 1 or 2 && names.SizeOf(words[^1], definition.File) is { } size)
            return size;
        throw new UnclearException(words.Count == 0 ? "it is the size of something that is no plain type"
            : $"the size of {text} is not known from this source");
    }

    private void Expect(string mark)
    {
        if (!Next.Is(mark))
            throw Unknown();
        _at++;
    }
}
