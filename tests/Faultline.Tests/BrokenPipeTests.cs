using System.Diagnostics;

namespace Faultline.Cli.Tests;

/// <summary>Readers that go away, and places that take nothing: a verdict's exit code stands, and a lost result is told.</summary>
public sealed class BrokenPipeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("faultline-test-").FullName;

    private static readonly string[] Drift = ["abi", "diff", "linux-patch/wp-zeropage/userfaultfd.abi.json", "linux-patch/wp-unpopulated/userfaultfd.abi.json"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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

    /// <summary>As <c>faultline … &gt;&amp;-</c>: there is no standard output, and the result was asked for.</summary>
    [Theory]
    [InlineData("abi diff linux-patch/wp-zeropage/userfaultfd.abi.json linux-patch/wp-unpopulated/userfaultfd.abi.json")]
    [InlineData("--version")]
    [InlineData("abi extract tests/Fixtures/headers/c/records.h")]
    [InlineData("abi diff --help")]
    public async Task A_result_without_a_standard_output_is_10_and_told(string command)
    {
        foreach (var closed in (string[])[">&-", "<&- >&-"])
        {
            var result = await ShellAsync($"\"$@\" {closed}", command.Split(' '));
            Assert.Equal(10, result.ExitCode);
            Assert.Contains("faultline: standard output cannot be written: it is closed", result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(">&-")]
    [InlineData("2>&-")]
    [InlineData("<&-")]
    [InlineData("<&- >&- 2>&-")]
    [InlineData("<&- 2>&-")]
    public async Task Closed_streams_that_nothing_is_written_to_change_nothing(string closed)
    {
        var file = Path.Combine(_folder, "drift.txt");
        Assert.Equal(3, (await ShellAsync($"\"$@\" {closed}", [.. Drift, "-o", file])).ExitCode);
        Assert.Equal((await Command.RunAsync(Drift)).Output, File.ReadAllText(file));
        Assert.Equal(2, (await ShellAsync($"\"$@\" {closed}", ["run", "--variant", "nosuch"])).ExitCode);
    }

    [Fact]
    public async Task A_file_that_takes_nothing_is_10_and_one_that_cannot_be_is_2()
    {
        foreach (var options in (string[][])[["-o", "/dev/full"], ["--write-accepted", "/dev/full", "--reason", "because"]])
        {
            var result = await Command.RunAsync([.. Drift, .. options]);
            Assert.Equal(10, result.ExitCode);
            Assert.Contains("faultline: /dev/full cannot be written: No space left on device", result.Error, StringComparison.Ordinal);
        }
        Assert.Equal(2, (await Command.RunAsync([.. Drift, "-o", _folder])).ExitCode);
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        Assert.Equal(2, (await Command.RunAsync([.. Drift, "-o", Path.Combine(_folder, "file", "below")])).ExitCode);
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
