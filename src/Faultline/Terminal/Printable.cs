using System.Text;
using System.Text.RegularExpressions;

namespace Faultline.Cli.Terminal;

/// <summary>Makes text of others fit for a terminal: what compilers, kernels and file names hold must not move its cursor or change its colours.</summary>
internal static partial class Printable
{
    /// <summary>Without colours; other control characters, and those that turn the direction of text, are spelt out. Line ends and tabs stay.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        var shown = new StringBuilder(text.Length);
        foreach (var c in Colours().Replace(text, "").Replace("\r\n", "\n", StringComparison.Ordinal))
        {
            shown = c switch
            {
                '\n' or '\t' => shown.Append(c),
                < ' ' => shown.Append('^').Append((char)(c + '@')),
                '\x7f' => shown.Append("^?"),
                _ when char.IsControl(c) || TurnsDirection(c) => shown.Append($"\\u{(int)c:x4}"),
                _ => shown.Append(c),
            };
        }

        return shown.ToString();
    }

    /// <summary>Like <see cref="Of"/>, but on one line.</summary>
    public static string OneLine(string text) => Of(text.Trim().Replace('\n', ' ').Replace('\t', ' '));

    /// <summary>
    /// A text for a terminal without UTF-8: typographic characters as people type them in ASCII, all others as
    /// escapes.
    /// </summary>
    public static string Ascii(string text)
    {
        if (System.Text.Ascii.IsValid(text))
            return text;
        var shown = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            shown = rune.Value switch
            {
                < 0x80 => shown.Append((char)rune.Value),
                '…' => shown.Append("..."),
                '–' or '—' or '−' or '─' or '━' => shown.Append('-'),
                '‘' or '’' => shown.Append('\''),
                '“' or '”' => shown.Append('"'),
                '→' => shown.Append("->"),
                '←' => shown.Append("<-"),
                '×' => shown.Append('x'),
                '≥' => shown.Append(">="),
                '≤' => shown.Append("<="),
                '│' or '┃' => shown.Append('|'),
                >= 0x2500 and < 0x2580 => shown.Append('+'),
                '\u00a0' => shown.Append(' '),
                _ => shown.Append(rune.IsBmp ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}"),
            };
        }

        return shown.ToString();
    }

    private static bool TurnsDirection(char c) => c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069' or '\u200e' or '\u200f';

    [GeneratedRegex("\x1b\\[[0-9;:]*m")]
    private static partial Regex Colours();
}
