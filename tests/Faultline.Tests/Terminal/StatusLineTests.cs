using System.Diagnostics;
using Faultline.Cli.Terminal;
using Faultline.Harness.Progress;
using Spectre.Console.Rendering;

namespace Faultline.Cli.Tests.Terminal;

public class StatusLineTests
{
    private static readonly string LongLine = "  CC      mm/userfaultfd.o with a very long [red]command[/] line behind it that nobody can show whole";

    private static RunningPhase Running(string kernel, Phase phase, string line = "") => new(kernel, phase, Stopwatch.GetTimestamp()) { LastLine = line };

    private static string Text(int columns, params RunningPhase[] running) => string.Concat(StatusLine.Fit(running, columns, "…").Select(piece => piece.Text));

    [Fact]
    public void Nothing_that_runs_is_an_empty_line() => Assert.Equal("", Text(80));

    [Fact]
    public void Tests_are_counted() => Assert.Equal("base test 57 of 159 0 s  R12", Text(80, Running("base", Phase.Test, "R12") with { Done = 57, Planned = 159 }));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(39)]
    [InlineData(79)]
    [InlineData(199)]
    public void Any_number_of_phases_fits(int columns)
    {
        foreach (var line in new[] { "", LongLine, "日本語の長い行日本語の長い行日本語の長い行日本語の長い行日本語の長い行日本語の長い行", "a\tb\x1b[2Jc\nd" })
        {
            for (var count = 1; count <= 6; count++)
            {
                var text = Text(columns, [.. Enumerable.Range(0, count).Select(i => Running($"variant-{i}", Phase.Build, line))]);
                Assert.InRange(new Segment(text).CellCount(), 1, columns);
                Assert.DoesNotContain(text, char.IsControl);
            }
        }
    }

    [Fact]
    public void What_a_phase_says_is_cut_before_another_phase_is()
    {
        var text = Text(79, Running("base", Phase.Build, LongLine), Running("guest", Phase.Image, LongLine));
        Assert.StartsWith("base build 0 s  CC", text.Replace("   ", "  ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("guest image 0 s", text, StringComparison.Ordinal);
        Assert.Contains('…', text);
    }

    [Fact]
    public void A_narrow_terminal_gets_the_phases_alone() => Assert.Equal("base build 0 s   guest image 0 s", Text(39, Running("base", Phase.Build, LongLine), Running("guest", Phase.Image)));
}
