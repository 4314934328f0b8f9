namespace Faultline.Cli.Tests.Terminal;

/// <summary>A shell in a guest on a real pseudo-terminal, and the ways to leave it.</summary>
[Trait("needs", "engine")]
[Trait("needs", "guest")]
public sealed class ShellOnATerminalTests : IDisposable
{
    private static readonly TimeSpan OtherTestsTurn = TimeSpan.FromMinutes(40);

    private readonly Checkout _checkout = new(withBase: true);

    public void Dispose() => _checkout.Dispose();

    /// <summary>Whatever the last command came to, who leaves is content; the terminal is as before.</summary>
    [Theory]
    [InlineData("false\rexit\r", 0)]
    [InlineData("false\r\x04", 0)]
    [InlineData("poweroff\r", 0)]
    [InlineData("reboot -f\r", 0)]
    [InlineData("sh\rexit 5\rexit\r", 0)]
    [InlineData("sh\rpoweroff\r", 0)]
    [InlineData("exit 3\r", 3)]
    public async Task Each_way_out_ends_the_guest_and_gives_the_terminal_back(string keys, int code)
    {
        using var terminal = new PseudoTerminal(
            80,
            [
                "sh", "-c", "before=$(stty -g); \"$@\"; code=$?; [ \"$before\" = \"$(stty -g)\" ] && echo \"ended $code as before\"", "sh",
                Command.File, "shell", "--variant", "base", "--root", _checkout.Folder,
            ],
            PseudoTerminal.Usual());
        await terminal.UntilShownAsync(shown => shown.Contains("/tmp # ", StringComparison.Ordinal), OtherTestsTurn);
        foreach (var key in keys)
            terminal.Type((byte)key);
        var result = await terminal.EndAsync(TimeSpan.FromSeconds(60));
        Assert.True(result.ExitCode == 0, terminal.Shown);
        Assert.Contains($"ended {code} as before", terminal.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("ended under the shell", terminal.Shown, StringComparison.Ordinal);
    }
}
