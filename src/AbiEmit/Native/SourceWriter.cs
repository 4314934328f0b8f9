using System.Text;

namespace Faultline.AbiEmit.Native;

/// <summary>Writes indented lines of any language.</summary>
/// <param name="comment">What begins a comment that ends with its line.</param>
internal sealed class SourceWriter(string comment, string indent)
{
    private readonly StringBuilder _text = new();
    private int _level;

    public override string ToString() => _text.ToString();

    public void Line(string text = "")
    {
        if (text.Length > 0)
            _text.Append(indent.Length == 0 ? "" : string.Concat(Enumerable.Repeat(indent, _level))).Append(text);
        _text.Append('\n');
    }

    /// <summary>Several lines, each at this level.</summary>
    public void Lines(string text)
    {
        foreach (var line in text.Split('\n'))
            Line(line);
    }

    public void Open(string line)
    {
        Line(line);
        _level++;
    }

    public void Close(string line)
    {
        _level--;
        Line(line);
    }

    public void Comments(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Line($"{comment} {line}");
    }

    /// <summary>A blank line and a title.</summary>
    public void Title(string text)
    {
        Line();
        Line($"{comment} {text}");
    }

    /// <summary>What the header says of an item; nothing when it says nothing.</summary>
    /// <param name="sign">What begins documentation: <c>///</c>.</param>
    public void Doc(string doc, string sign)
    {
        foreach (var line in doc.Split(['\n'], StringSplitOptions.RemoveEmptyEntries))
            Line($"{sign} {new string([.. line.Select(c => char.IsControl(c) ? ' ' : c)]).Trim()}");
    }
}
