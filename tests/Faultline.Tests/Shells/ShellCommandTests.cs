using System.Diagnostics;

namespace Faultline.Cli.Tests.Shells;

/// <summary><c>faultline shell</c> with a script on its standard input, as a user gives it.</summary>
public class ShellCommandTests
{
    [Theory]
    [InlineData("name one --variant", "--variant", "base", "--variant", "wp-zeropage")]
    [InlineData("--share /nonexistent: no such folder", "--share", "/nonexistent")]
    [InlineData("/nonexistent does not exist", "--tree", "/nonexistent")]
    [InlineData("--boot-timeout 0", "--boot-timeout", "0")]
    public async Task A_mistake_is_told_before_anything_is_built(string told, params string[] arguments)
    {
        var result = await Command.RunAsync(["shell", .. arguments]);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "engine")]
    [Trait("needs", "guest")]
    public async Task A_script_runs_in_the_guest_and_its_status_is_the_commands()
    {
        using var checkout = new Checkout(withBase: true);
        var result = await ScriptAsync("uname -r; echo told >&2; suite R1; exit 41\n", "--root", checkout.Folder);
        Assert.True(result.ExitCode == 41, result.ToString());
        Assert.Matches(@"\A6\.\d+\.\d+-base\npassed   R1 .*: errno is EINVAL.*\npassed 1, failed 0, skipped 0\n\z", result.Output);
        Assert.Contains("\ntold\n", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(checkout.Of("artifacts", "guest"), "shell-*"));
    }

    [Fact]
    [Trait("needs", "engine")]
    [Trait("needs", "guest")]
    public async Task Programs_of_a_suite_are_at_hand()
    {
        using var checkout = new Checkout(withBase: true);
        var folder = Directory.CreateDirectory(checkout.Of("own")).FullName;
        File.WriteAllText(Path.Combine(folder, "prog.c"), "#include <stdio.h>\nint main(void) { puts(\"here\"); return 3; }\n");
        var result = await ScriptAsync("/payload/suites/own/prog\n", "--suite", folder, "--root", checkout.Folder);
        Assert.True(result.ExitCode == 3, result.ToString());
        Assert.Equal("here\n", result.Output);
        Assert.Contains("own is in /payload/suites/own", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "engine")]
    [Trait("needs", "guest")]
    public async Task A_kernel_that_dies_under_the_shell_is_a_crash_with_its_trace()
    {
        using var checkout = new Checkout(withBase: true);
        var result = await ScriptAsync("echo c > /proc/sysrq-trigger\n", "--root", checkout.Folder);
        Assert.True(result.ExitCode == 7, result.ToString());
        Assert.Contains("Kernel panic - not syncing: sysrq triggered crash", result.Error, StringComparison.Ordinal);
        Assert.Contains("base: the guest ended under the shell", result.Error, StringComparison.Ordinal);
    }

    private static async Task<Command.Result> ScriptAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Command.File)
        {
            WorkingDirectory = Command.Root, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in (string[])["shell", "--accel", "tcg", .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(script);
        process.StandardInput.Close();
        return await Command.EndOfAsync(process);
    }
}
