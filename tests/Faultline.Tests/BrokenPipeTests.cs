using System.Diagnostics;

namespace Faultline.Cli.Tests;

/// <summary>Readers that go away, and places that take nothing: a verdict's exit code stands, and a lost result is told.</summary>
public class BrokenPipeTests
{
    private static readonly string[] Drift = ["abi", "diff", "linux-patch/wp-zeropage/userfaultfd.abi.json", "linux-patch/wp-unpopulated/userfaultfd.abi.json"];

    public static TheoryData<string[], int> Commands => new()
    {
        { Drift, 3 },
        { ["abi", "extract", "tests/Fixtures/headers/linux-6.12/linux/userfaultfd.h"], 0 },
        { ["doctor"], 10 },
        { ["--help"], 0 },
        { ["run", "--variant", "nosuch"], 2 },
    };

    /// <summary>As <c>faultline … | head -1</c>: nobody reads, and nothing is wrong.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_reader_that_is_gone_changes_nothing(string[] command, int code)
    {
        foreach (var stream in (int[])[1, 2])
        {
            var result = await ShellAsync($"exec \"$@\" {(stream == 1 ? "" : "2>&1 >/dev/null ")}| true", command);
            Assert.Equal(code, result.ExitCode);
            Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("defect", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_result_that_cannot_be_written_is_10_and_told()
    {
        var result = await ShellAsync("\"$@\" >/dev/full", Drift);
        Assert.Equal(10, result.ExitCode);
        Assert.Contains("faultline: standard output cannot be written: No space left on device", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_that_cannot_be_written_cost_nothing()
    {
        Assert.Equal(2, (await ShellAsync("\"$@\" 2>/dev/full", ["run", "--variant", "nosuch"])).ExitCode);
        Assert.Equal(3, (await ShellAsync("\"$@\" 2>&-", Drift)).ExitCode);
    }

    private static async Task<Command.Result> ShellAsync(string script, string[] command)
    {
        // bash: the exit code of the first program of a pipe.
        var start = new ProcessStartInfo("bash") { WorkingDirectory = Command.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", $"{script}; exit ${{PIPESTATUS[0]}}", "bash", Command.File, .. command])
            start.ArgumentList.Add(argument);
        start.Environment["DOCKER_HOST"] = "unix:///nonexistent.sock";
        using var process = Process.Start(start)!;
        return await Command.EndOfAsync(process);
    }
}
