using System.Text;
using System.Text.RegularExpressions;

namespace Faultline.AbiSources.Headers.Untouched;

/// <summary>Cuts a header into the directives and declarations that stand at its top level.</summary>
internal sealed partial class HeaderPieces
{
    private readonly List<HeaderPiece> _pieces = [];
    private readonly Stack<string> _conditions = new();
    private readonly StringBuilder _open = new();

    /// <summary>Brackets that are open in the declaration that is being read.</summary>
    private int _depth;

    /// <summary>Conditions that are open in it.</summary>
    private int _inner;

    private bool _isFunction;

    /// <summary>The pieces in their order; null when the text is not cut so, as where a condition cuts a declaration in two.</summary>
    public static IReadOnlyList<HeaderPiece>? Cut(string text)
    {
        var pieces = new HeaderPieces();
        return CodeText.Lines(text).All(pieces.Take) && pieces._open.Length == 0 && pieces._conditions.Count == 0 ? pieces._pieces : null;
    }

    /// <summary>False when the text cannot be cut.</summary>
    private bool Take(string line) => line[0] != '#' ? Code(line) : _open.Length > 0 ? Inner(line) : Outer(line);

    private bool Outer(string line)
    {
        switch (Directive().Match(line).Groups[1].Value)
        {
            case "if" or "ifdef" or "ifndef":
                _conditions.Push(line);
                return true;
            case "elif" or "else":
                if (!_conditions.TryPop(out var before))
                    return false;
                _conditions.Push($"{before}\n{line}");
                return true;
            case "endif":
                return _conditions.TryPop(out _);
            default:
                Add(line);
                return true;
        }
    }

    /// <summary>A directive inside a declaration is a part of it.</summary>
    private bool Inner(string line)
    {
        _open.Append('\n').Append(line).Append('\n');
        switch (Directive().Match(line).Groups[1].Value)
        {
            case "if" or "ifdef" or "ifndef":
                _inner++;
                return true;
            case "elif" or "else":
                return _inner > 0;
            case "endif":
                return _inner-- > 0;
            default:
                return true;
        }
    }

    private bool Code(string line)
    {
        if (_open.Length == 0 && line is "extern \"C\" {" or "extern \"C\"{" or "}")
        {
            Add(line);
            return true;
        }

        foreach (var c in line)
        {
            if (c == '{' && _depth == 0 && _open.ToString().TrimEnd() is [.., ')'])
                _isFunction = true;
            _depth += c switch { '{' or '(' or '[' => 1, '}' or ')' or ']' => -1, _ => 0 };
            if (_depth < 0)
                return false;
            _open.Append(c);
        }

        if (_depth > 0 || !(line[^1] == ';' || (line[^1] == '}' && _isFunction)))
        {
            _open.Append(' ');
            return true;
        }

        Add(_open.ToString().Trim());
        _open.Clear();
        _isFunction = false;
        return _inner == 0;
    }

    private void Add(string text) => _pieces.Add(new(string.Join('\n', _conditions.Reverse()), text));

    [GeneratedRegex(@"^#\s*(\w*)", RegexOptions.CultureInvariant)]
    private static partial Regex Directive();
}
