using Faultline.Harness.Guest.Shells;

namespace Faultline.Harness.Tests.Guest.Shells;

public sealed class ShellUserTests
{
    private static readonly ShellUser Script = new((_, _) => Task.CompletedTask, (_, _) => { });

    [Fact]
    public void A_script_has_no_terminal()
    {
        Assert.Equal("pipe", Script.Way);
        Assert.Empty(Script.KernelArguments);
    }

    [Theory]
    [InlineData("xterm-256color", "faultline.size=24x80", "faultline.term=xterm-256color")]
    [InlineData("a b", "faultline.size=24x80")]
    [InlineData("x faultline.token=1", "faultline.size=24x80")]
    [InlineData(null, "faultline.size=24x80")]
    public void The_kernel_is_told_of_a_terminal_in_plain_words_only(string? name, params string[] arguments)
    {
        var user = Script with { Terminal = (24, 80), TerminalName = name };
        Assert.Equal("terminal", user.Way);
        Assert.Equal(arguments, user.KernelArguments);
    }
}
