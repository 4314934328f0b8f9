using System.Text;
using Faultline.Cli.Terminal;

namespace Faultline.Cli.Tests.Terminal;

public class PrintableTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("with [red]mark-up[/]", "with [red]mark-up[/]")]
    [InlineData("tab\tand\nline", "tab\tand\nline")]
    [InlineData("dos\r\n", "dos\n")]
    [InlineData("\x1b[01;31mred\x1b[0m", "red")]
    [InlineData("\x1b[2J\x1b[H", "^[[2J^[[H")]
    [InlineData("\x1b]0;title\a", "^[]0;title^G")]
    [InlineData("a\rb\bc\x7f", "a^Mb^Hc^?")]
    [InlineData("\u009b2J", "\\u009b2J")]
    [InlineData("\u202egnp.exe", "\\u202egnp.exe")]
    [InlineData("übergröße 日本", "übergröße 日本")]
    public void What_moves_or_recolours_is_spelt_out(string text, string shown) => Assert.Equal(shown, Printable.Of(text));

    [Theory]
    [InlineData("base → new … – “x” ≥ 2×", "base -> new ... - \"x\" >= 2x")]
    [InlineData("┌─┬┐│━", "+-++|-")]
    [InlineData("ü 日 😀", "\\u00fc \\u65e5 \\U0001f600")]
    public void Without_utf8_everything_is_ascii(string text, string shown)
    {
        Assert.Equal(shown, Printable.Ascii(text));
        Assert.True(Ascii.IsValid(Printable.Ascii(text)));
    }

    [Theory]
    [InlineData(true, "", "", "en_US.UTF-8")]
    [InlineData(true, null, null, "C.utf8")]
    [InlineData(true, "C.UTF-8", "C", "C")]
    [InlineData(true, null, "de_DE.UTF-8@euro", "C")]
    [InlineData(false, null, null, null)]
    [InlineData(false, "C", "C.UTF-8", "C.UTF-8")]
    [InlineData(false, "POSIX", null, "C.UTF-8")]
    [InlineData(false, null, null, "de_DE.ISO-8859-1")]
    [InlineData(false, null, null, "de_DE")]
    [InlineData(false, null, "de_DE@euro", null)]
    public void The_locale_says_whether_there_is_utf8(bool expected, string? all, string? type, string? lang) =>
        Assert.Equal(expected, Locale.TakesUtf8(name => name switch { "LC_ALL" => all, "LC_CTYPE" => type, _ => lang }));

    [Theory]
    [InlineData("", 40, 0, "")]
    [InlineData("short", 40, 4, "short")]
    [InlineData("one two three four", 9, 0, "one two|three|four")]
    [InlineData("one two three four five six seven eight", 24, 4, "one two three four five|    six seven eight")]
    [InlineData("report: /a/path/that/is/longer/than/the/terminal then words", 24, 4, "report:|    /a/path/that/is/longer/than/the/terminal|    then words")]
    [InlineData("    indented and long enough to break", 24, 4, "    indented and long|    enough to break")]
    [InlineData("/a/path/that/is/longer/than/the/terminal", 24, 4, "/a/path/that/is/longer/than/the/terminal")]
    [InlineData("word behind a hanging indentation", 24, 24, "word behind a hanging|    indentation")]
    [InlineData("                              ", 24, 4, "                              ")]
    public void Lines_break_between_words_and_words_stay_whole(string line, int columns, int hanging, string lines) =>
        Assert.Equal(lines, string.Join('|', Folded.Lines(line, columns, hanging)));
}
