using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;

namespace Faultline.Tidy.Tests.Rules;

/// <summary>
/// Every block marked <c>console</c> in the pages is run and compared. A line that begins with <c>$ </c> is a command, the lines behind it
/// are what it prints; a line <c>…</c> stands for any number of lines, a <c>…</c> within a line for any text. <c>; echo "exit $?"</c> behind a
/// command stands for its exit code. Only <c>faultline</c> may be called, from the repository's root.
/// </summary>
public partial class ConsoleTests
{
    private static readonly string Command = Path.Combine(AppContext.BaseDirectory, "faultline");

    public static TheoryData<string, int> Blocks() =>
        [.. Repository.Ending(".md").SelectMany(Markdown.Blocks).Where(block => block.Info == "console").Select(block => (block.File, block.Line))];

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task A_console_block_prints_what_the_page_says(string file, int line)
    {
        var block = Markdown.Blocks(file).Single(block => block.Line == line);
        for (var i = 0; i < block.Lines.Count;)
        {
            Assert.StartsWith("$ ", block.Lines[i], StringComparison.Ordinal);
            var command = block.Lines[i][2..];
            var expected = block.Lines.Skip(++i).TakeWhile(text => !text.StartsWith("$ ", StringComparison.Ordinal)).ToList();
            i += expected.Count;
            var actual = await RunAsync(command);
            Assert.True(
                Pattern(expected).IsMatch(actual),
                $"{file}:{line}: $ {command}\n--- the page says\n{string.Join('\n', expected)}\n--- it printed\n{actual}");
        }
    }

    private static async Task<string> RunAsync(string command)
    {
        var parts = AskingForTheCode().Match(command);
        var words = parts.Groups["command"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("faultline", words[0]);
        var result = await CliWrap.Cli.Wrap(Command).WithArguments(words[1..]).WithWorkingDirectory(Repository.Root)
            .WithEnvironmentVariables(variables => variables.Set("NO_COLOR", "1"))
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        var output = (result.StandardOutput + result.StandardError).TrimEnd('\n');
        return parts.Groups["asked"].Success ? $"{output}\nexit {result.ExitCode}" : output;
    }

    private static Regex Pattern(List<string> expected)
    {
        var lines = expected.Select(line => line.Trim() == "…" ? "(.*\n)*?" : Regex.Escape(line).Replace("…", ".*") + "\n");
        return new Regex($"^{string.Concat(lines)}$".Replace("\n$", "\n?$"));
    }

    [GeneratedRegex("""^(?<command>.*?)(?<asked>; echo "exit \$\?")?$""")]
    private static partial Regex AskingForTheCode();
}
