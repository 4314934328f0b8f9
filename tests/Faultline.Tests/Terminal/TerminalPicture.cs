using System.Text;
using System.Text.RegularExpressions;

namespace Faultline.Cli.Tests.Terminal;

/// <summary>What a person sees of bytes that a terminal got: enough of a terminal for what Faultline sends, and an error for anything else.</summary>
internal static partial class TerminalPicture
{
    /// <summary>The lines that stand there at the end, without blanks behind them; a line longer than the terminal goes on in the next one.</summary>
    public static IReadOnlyList<string> Lines(string shown, int columns)
    {
        var lines = new List<StringBuilder> { new() };
        var (row, column) = (0, 0);
        foreach (var token in Tokens().EnumerateMatches(shown))
        {
            var text = shown.AsSpan(token.Index, token.Length);
            switch (text)
            {
                case "\n":
                    if (++row == lines.Count)
                        lines.Add(new StringBuilder());
                    break;
                case "\r":
                    column = 0;
                    break;
                case "\x1b[K":
                    lines[row].Length = Math.Min(lines[row].Length, column);
                    break;
                case ['\x1b', '[', .., 'm'] or "\x1b[?1h" or "\x1b[?1l" or "\x1b=" or "\x1b>":
                    break; // colours; what .NET sends to set up the keys
                case [< ' ' and not '\t', ..]:
                    Assert.Fail($"the terminal got {string.Join(' ', text.ToArray().Select(c => $"{(int)c:x2}"))} in: {shown}");
                    break;
                default:
                    if (column == columns)
                    {
                        column = 0;
                        if (++row == lines.Count)
                            lines.Add(new StringBuilder());
                    }

                    var line = lines[row];
                    line.Append(' ', Math.Max(0, column + 1 - line.Length));
                    line[column++] = text[0];
                    break;
            }
        }

        return [.. lines.Select(line => line.ToString().TrimEnd())];
    }

    /// <summary>Every status line that was drawn, without colours.</summary>
    public static IReadOnlyList<string> Statuses(string shown) =>
        [.. Drawn().Matches(shown).Select(match => Colour().Replace(match.Groups[1].Value, "")).Where(status => status.Length > 0)];

    [GeneratedRegex("\x1b\\[[0-9;?]*[A-Za-z]|\x1b[=>]|.", RegexOptions.Singleline)]
    private static partial Regex Tokens();

    [GeneratedRegex("\r\x1b\\[K([^\r\n]*)(?=\r\x1b\\[K)")]
    private static partial Regex Drawn();

    [GeneratedRegex("\x1b\\[[0-9;]*m")]
    private static partial Regex Colour();
}
