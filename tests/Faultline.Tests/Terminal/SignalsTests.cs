using System.Runtime.InteropServices;

namespace Faultline.Cli.Tests.Terminal;

/// <summary>
/// Signals while a long step runs, on a terminal: the suite for the machine's own kernel is published into an empty checkout, which takes many
/// seconds and needs no engine.
/// </summary>
public sealed class SignalsTests : IDisposable
{
    private const int SIGHUP = 1, SIGINT = 2, SIGTERM = 15;

    private readonly Checkout _checkout = new(withBase: false);

    public void Dispose() => _checkout.Dispose();

    private PseudoTerminal Start(int columns) => PseudoTerminal.OfCommand(columns, ["test", "--kernel", "running", "--root", _checkout.Folder]);

    private static Task AtWorkAsync(PseudoTerminal terminal, string shown = "payload") =>
        terminal.UntilShownAsync(text => text.Contains(shown, StringComparison.Ordinal), TimeSpan.FromSeconds(60));

    [Fact]
    public async Task Ctrl_C_typed_on_a_terminal_is_130()
    {
        using var terminal = Start(80);
        await AtWorkAsync(terminal);
        terminal.Type(3);
        var result = await terminal.EndAsync(TimeSpan.FromSeconds(30));
        Assert.True(result.ExitCode == 130, terminal.Shown);
        var lines = TerminalPicture.Lines(terminal.Shown, 80);
        Assert.Contains(lines, line => line.StartsWith("faultline: stopping", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("faultline: interrupted", StringComparison.Ordinal));
        // The status line is gone; the prompt finds an empty line.
        Assert.Equal("", lines[^1]);
    }

    [Fact]
    public async Task A_window_resized_in_the_middle_has_no_wrapped_status()
    {
        using var terminal = Start(200);
        await AtWorkAsync(terminal);
        terminal.Resize(30);
        // One that was on its way is drawn by now.
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        var before = terminal.Shown.Length;
        await terminal.UntilShownAsync(text => TerminalPicture.Statuses(text[before..]).Count > 2, TimeSpan.FromSeconds(30));
        Assert.All(TerminalPicture.Statuses(terminal.Shown[before..]), status => Assert.InRange(status.Length, 1, 29));
        terminal.Type(3);
        Assert.Equal(130, (await terminal.EndAsync(TimeSpan.FromSeconds(30))).ExitCode);
    }

    [Theory]
    [InlineData("TERM", "dumb")]
    [InlineData("TERM", null)]
    public async Task Without_a_terminal_that_redraws_there_are_plain_lines(string variable, string? value)
    {
        using var terminal = new PseudoTerminal(
            80, ["/usr/bin/env", "PATH=/nonexistent", Command.File, "test", "--kernel", "running", "--root", _checkout.Folder],
            PseudoTerminal.Usual(new Dictionary<string, string?> { [variable] = value }));
        var result = await terminal.EndAsync(TimeSpan.FromSeconds(60));
        Assert.True(result.ExitCode == 10, terminal.Shown);
        Assert.Contains("payload        failed", terminal.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\x1b[K", terminal.Shown, StringComparison.Ordinal);
    }

    /// <summary>timeout(1) signals its child, then the group; a closing terminal, its shell and the kernel. That is one wish, not an impatient second one.</summary>
    [Theory]
    [InlineData(SIGTERM, 143)]
    [InlineData(SIGINT, 130)]
    [InlineData(SIGHUP, 129)]
    public async Task Signals_at_once_are_one_wish(int signal, int code)
    {
        using var terminal = Start(80);
        await AtWorkAsync(terminal);
        for (var i = 0; i < 3; i++)
        {
            // On a fast machine the command may be gone before the second and third arrive, which is fine too.
            Assert.True(Kill(terminal.ProcessId, signal) == 0 || i > 0);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        var result = await terminal.EndAsync(TimeSpan.FromSeconds(30));
        Assert.True(result.ExitCode == code, terminal.Shown);
        Assert.Contains("faultline: interrupted", terminal.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("faultline: quit;", terminal.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_that_is_closed_ends_the_command_by_129()
    {
        using var terminal = Start(80);
        await AtWorkAsync(terminal);
        terminal.Close();
        Assert.Equal(129, (await terminal.EndAsync(TimeSpan.FromSeconds(30))).ExitCode);
    }

    /// <summary>nohup(1) asks for exactly that.</summary>
    [Fact]
    public async Task A_signal_that_the_starter_ignores_stays_ignored()
    {
        using var terminal = new PseudoTerminal(
            80, ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh", Command.File, "test", "--kernel", "running", "--root", _checkout.Folder],
            PseudoTerminal.Usual());
        await AtWorkAsync(terminal);
        Assert.Equal(0, Kill(terminal.ProcessId, SIGHUP));
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("stopping", terminal.Shown, StringComparison.Ordinal);
        Assert.Equal(0, Kill(terminal.ProcessId, SIGTERM));
        Assert.Equal(143, (await terminal.EndAsync(TimeSpan.FromSeconds(30))).ExitCode);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
