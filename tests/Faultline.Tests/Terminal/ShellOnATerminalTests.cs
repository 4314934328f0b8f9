using System.Text;

namespace Faultline.Cli.Tests.Terminal;

/// <summary>A shell in a guest on a pseudo-terminal: keys, size, the way out, and what the terminal is like afterwards.</summary>
[Trait("needs", "engine")]
[Trait("needs", "guest")]
public sealed class ShellOnATerminalTests : IDisposable
{
    /// <summary>Long, for the volume may be another test's for minutes.</summary>
    private static readonly TimeSpan OtherTestsTurn = TimeSpan.FromMinutes(40);

    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(30);

    private readonly Checkout _checkout = new(withBase: true);

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task Keys_are_the_guests_until_it_ends()
    {
        using var terminal = Shell();
        await terminal.UntilShownAsync(shown => shown.Contains("/tmp # ", StringComparison.Ordinal), OtherTestsTurn);
        await SayAsync(terminal, "stty size\r", "24 90");
        terminal.Resize(77);
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        await SayAsync(terminal, "stty size\r", "24 77");
        // Ctrl-C ends the program there, not the one here.
        // Not before the shell has let go of the keys: while it edits a line, Ctrl-C is one of them.
        await SayAsync(terminal, "echo begun; sleep 100\r", "begun\r\n");
        await SayAsync(terminal, "\x03", "^C");
        await SayAsync(terminal, "exit 9\r", "ended 9");
        await SettingsAsync(terminal);
    }

    [Fact]
    public async Task The_way_out_of_a_guest_that_does_not_answer()
    {
        using var terminal = Shell();
        await terminal.UntilShownAsync(shown => shown.Contains("/tmp # ", StringComparison.Ordinal), OtherTestsTurn);
        await SayAsync(terminal, "\x1d\x1d\x1d", "ended 130");
        Assert.Contains("base: ended by Ctrl-] three times; no container is left", terminal.Shown, StringComparison.Ordinal);
        await SettingsAsync(terminal);
    }

    private PseudoTerminal Shell() => new(
        90,
        [
            "sh", "-c", "before=$(stty -g); \"$@\"; echo \"ended $?\"; [ \"$(stty -g)\" = \"$before\" ] && echo settings as before", "sh",
            Path.Combine(AppContext.BaseDirectory, "faultline"), "shell", "--accel", "tcg", "--root", _checkout.Folder,
        ],
        PseudoTerminal.Usual());

    private static async Task SayAsync(PseudoTerminal terminal, string keys, string answer)
    {
        var before = terminal.Shown.Length;
        foreach (var key in Encoding.ASCII.GetBytes(keys))
            terminal.Type(key);
        await terminal.UntilShownAsync(shown => shown[before..].Contains(answer, StringComparison.Ordinal), Answer);
    }

    private static async Task SettingsAsync(PseudoTerminal terminal)
    {
        await terminal.EndAsync(Answer);
        Assert.Contains("settings as before", terminal.Shown, StringComparison.Ordinal);
    }
}
