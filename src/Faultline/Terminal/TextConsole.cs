using Spectre.Console;
using Spectre.Console.Rendering;

namespace Faultline.Cli.Terminal;

/// <summary>
/// Lines and tables for people. Text that comes from elsewhere is made printable here. On a terminal, lines are broken between words; a word that is
/// too long, such as a path, stays whole for the terminal to break, so that it can be copied.
/// </summary>
/// <param name="console">Knows the colours that the terminal has.</param>
/// <param name="columns">The terminal's width now; null for a pipe or a file, which get each line as it is.</param>
internal sealed class TextConsole(IAnsiConsole console, Func<int>? columns)
{
    public bool IsTerminal => columns is not null;

    /// <summary>Whether the terminal can erase a line and write it again; not so <c>TERM=dumb</c>, pipes and files.</summary>
    public bool CanRedraw => IsTerminal && console.Profile.Capabilities.Ansi;

    /// <summary>Columns of the terminal; no limit elsewhere.</summary>
    public int Columns => columns?.Invoke() ?? int.MaxValue;

    /// <param name="text">One line, or several.</param>
    /// <param name="hanging">Columns by which the rest of a line that had to be broken is indented.</param>
    /// <param name="style">Colour; null for none.</param>
    /// <param name="used">Columns of the first line that are written already.</param>
    public void WriteLine(string text = "", int hanging = 0, Style? style = null, int used = 0)
    {
        foreach (var line in Printable.Of(text).Split('\n'))
        {
            Send(string.Join('\n', Folded.Lines(line, Columns, hanging, used)) + "\n", style);
            used = 0;
        }
    }

    /// <summary>So many columns, or what the terminal can spare of them.</summary>
    public int IndentThatFits(int indent) => Folded.Indent(Columns, indent);

    /// <summary>A part of a line, which does not end here.</summary>
    public void Write(string text, Style style) => Send(Printable.Of(text), style);

    /// <summary>The table, when it fits.</summary>
    /// <returns>False, and nothing written, when the terminal is too narrow for it.</returns>
    public bool TryWrite(Table table)
    {
        if (((IRenderable)table).Measure(RenderOptions.Create(console), Consoles.Unlimited).Max > Columns)
            return false;
        console.Write(table);
        return true;
    }

    /// <summary>The pieces as one string with the terminal's colours.</summary>
    public string Coloured(IEnumerable<(string Text, Style Style)> pieces) => string.Concat(pieces.Select(piece => Coloured(piece.Text, piece.Style)));

    private void Send(string text, Style? style) => console.Profile.Out.Writer.Write(style is { } s ? Coloured(text, s) : text);

    private string Coloured(string text, Style style) =>
        text.EndsWith('\n') ? Coloured(text[..^1], style) + "\n" : string.Join('\n', text.Split('\n').Select(line => console.ToAnsi(new Text(line, style)).TrimEnd('\n')));
}
