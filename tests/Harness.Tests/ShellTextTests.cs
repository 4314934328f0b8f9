using CliWrap;
using CliWrap.Buffered;

namespace Faultline.Harness.Tests;

public class ShellTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "''")]
    [InlineData("two words", "'two words'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("--filter=row=R12", "--filter=row=R12")]
    [InlineData("!promise=true", "'!promise=true'")]
    [InlineData("~/linux", "'~/linux'")]
    public void Only_what_needs_quotes_gets_them(string word, string quoted) => Assert.Equal(quoted, ShellText.Quote(word));

    [Fact]
    public async Task A_shell_reads_the_words_again()
    {
        string[] words = ["a b", "", "it's", "$HOME", "`id`", "\\", "new\nline", "Übung", "*", "#x", "!x", "\"q\""];
        var read = await Cli.Wrap("/bin/sh").WithArguments(["-c", $"printf '%s\\0' {ShellText.Join(words)}"])
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        Assert.Equal(words, read.StandardOutput.Split('\0')[..^1]);
    }
}
