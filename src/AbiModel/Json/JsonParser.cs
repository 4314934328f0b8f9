using System.Globalization;
using System.Text;

namespace Faultline.AbiModel.Json;

/// <summary>A strict RFC 8259 parser that knows where it stands. Here because the model takes no packages: the compiler loads it.</summary>
internal sealed class JsonParser
{
    /// <summary>Each record written inside another takes three levels, and compilers nest 256 records.</summary>
    private const int MaximumDepth = 1000;

    private readonly string _text;
    private int _position;
    private int _line = 1;
    private int _lineStart;
    private int _depth;

    private JsonParser(string text) => _text = text;

    /// <exception cref="AbiFormatException">The text is not one JSON value.</exception>
    public static JsonValue Parse(string text)
    {
        var parser = new JsonParser(text);
        if (text.Length > 0 && text[0] == '\uFEFF')
            parser._position = 1;
        var value = parser.Value();
        parser.SkipBlanks();
        return parser._position == text.Length ? value : throw parser.Error($"unexpected '{text[parser._position]}' after the end of the model");
    }

    private int Column => _position - _lineStart + 1;

    private AbiFormatException Error(string problem) => new(problem, _line, Column);

    private char Peek() => _position < _text.Length ? _text[_position] : throw Error("the text ends in the middle of a value");

    private void SkipBlanks()
    {
        for (; _position < _text.Length; _position++)
        {
            switch (_text[_position])
            {
                case '\n':
                    _line++;
                    _lineStart = _position + 1;
                    break;
                case ' ' or '\t' or '\r':
                    break;
                default:
                    return;
            }
        }
    }

    private JsonValue Value()
    {
        SkipBlanks();
        return Peek() switch
        {
            '{' => Nested(Object),
            '[' => Nested(Array),
            '"' => new JsonValue(JsonKind.Text, _line, Column) { Text = String() },
            't' => Word("true", JsonKind.Boolean),
            'f' => Word("false", JsonKind.Boolean),
            'n' => Word("null", JsonKind.Null),
            '-' or (>= '0' and <= '9') => Number(),
            var other => throw Error($"unexpected '{other}' where a value should begin"),
        };
    }

    private JsonValue Nested(Func<JsonValue> read)
    {
        if (++_depth > MaximumDepth)
            throw Error($"values are nested more than {MaximumDepth} deep");
        var value = read();
        _depth--;
        return value;
    }

    private JsonValue Object()
    {
        var (line, column) = (_line, Column);
        var members = new List<KeyValuePair<string, JsonValue>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        _position++;
        for (SkipBlanks(); Peek() != '}'; SkipBlanks())
        {
            if (members.Count > 0)
                Expect(',');
            SkipBlanks();
            if (Peek() != '"')
                throw Error($"expected a member name in quotes, found '{Peek()}'");
            var error = Error("");
            var name = String();
            if (!names.Add(name))
                throw new AbiFormatException($"member \"{name}\" stands twice in one object", error.Line, error.Column);
            SkipBlanks();
            Expect(':');
            members.Add(new(name, Value()));
        }
        _position++;
        return new(JsonKind.Object, line, column) { Members = members };
    }

    private JsonValue Array()
    {
        var (line, column) = (_line, Column);
        var items = new List<JsonValue>();
        _position++;
        for (SkipBlanks(); Peek() != ']'; SkipBlanks())
        {
            if (items.Count > 0)
                Expect(',');
            items.Add(Value());
        }
        _position++;
        return new(JsonKind.Array, line, column) { Items = items };
    }

    private void Expect(char wanted)
    {
        if (Peek() != wanted)
            throw Error($"expected '{wanted}', found '{Peek()}'");
        _position++;
    }

    private JsonValue Word(string word, JsonKind kind)
    {
        var (line, column) = (_line, Column);
        if (string.CompareOrdinal(_text, _position, word, 0, word.Length) != 0)
            throw Error($"expected '{word}'");
        _position += word.Length;
        return new(kind, line, column) { Text = word };
    }

    private JsonValue Number()
    {
        var (line, column, start) = (_line, Column, _position);
        if (Peek() == '-')
            _position++;
        var first = _position;
        Digits();
        if (_text[first] == '0' && _position - first > 1)
            throw Error("a number must not begin with 0");
        if (_position < _text.Length && _text[_position] == '.')
        {
            _position++;
            Digits();
        }
        if (_position < _text.Length && _text[_position] is 'e' or 'E')
        {
            _position++;
            if (Peek() is '+' or '-')
                _position++;
            Digits();
        }
        return new(JsonKind.Number, line, column) { Text = _text.Substring(start, _position - start) };
    }

    private void Digits()
    {
        if (Peek() is < '0' or > '9')
            throw Error($"expected a digit, found '{Peek()}'");
        while (_position < _text.Length && _text[_position] is >= '0' and <= '9')
            _position++;
    }

    private string String()
    {
        var text = new StringBuilder();
        for (_position++; ; _position++)
        {
            var next = Peek();
            if (next == '"')
                break;
            if (next < ' ')
                throw Error("a string must not hold a bare control character");
            text.Append(next == '\\' ? Escape() : next);
        }
        _position++;
        return text.ToString();
    }

    private char Escape()
    {
        _position++;
        switch (Peek())
        {
            case '"': return '"';
            case '\\': return '\\';
            case '/': return '/';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u':
                if (_position + 5 > _text.Length
                    || !ushort.TryParse(_text.Substring(_position + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                    throw Error("\\u must be followed by four hexadecimal digits");
                _position += 4;
                return (char)code;
            case var other:
                throw Error($"unknown escape '\\{other}'");
        }
    }
}
