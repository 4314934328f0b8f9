using System.Diagnostics;

namespace Faultline.Cli.Tests;

/// <summary>A command that has no container tells of none when it is ended.</summary>
public sealed class AbiSignalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("faultline-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>
    /// The pipe holds the command up. It gets more than it has room for: that all was written tells that the command reads, and so
    /// listens to signals.
    /// </summary>
    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task Ending_it_says_nothing_of_containers(string signal, int code)
    {
        var script = $"mkfifo f && exec 3<>f && {{ \"$@\" --only-from /dev/fd/3 & }}; yes | head -c 200000 >&3; "
            + $"kill -{signal} $!; sleep 2; kill -{signal} $!; wait $!";
        // Under nohup a signal is ignored by whoever is started, and so by the command.
        var start = new ProcessStartInfo("env")
        {
            WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var model = Path.Combine(Command.Root, "linux-patch/upstream/userfaultfd.abi.json");
        string[] arguments = ["--default-signal=HUP", "bash", "-c", script, "bash", Command.File, "abi", "emit", model, "--lang", "go"];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var result = await Command.EndOfAsync(process);
        Assert.True(result.ExitCode == code, result.ToString());
        Assert.Contains("faultline: stopping (press Ctrl-C again to quit now)", result.Error, StringComparison.Ordinal);
        Assert.Contains("faultline: quit.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("container", result.Error, StringComparison.Ordinal);
    }
}
