using Faultline.Harness;

namespace Faultline.Cli.Tests;

/// <summary>What the command does about the folder it works in.</summary>
public sealed class CheckoutTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("faultline-checkout-").FullName;

    public CheckoutTests()
    {
        File.WriteAllText(Path.Combine(_root, "Faultline.slnx"), "<Solution />");
        foreach (var folder in new[] { "linux-patch", "images" })
            Directory.CreateSymbolicLink(Path.Combine(_root, folder), Path.Combine(Command.Root, folder));
    }

    /// <summary>Said before the first kernel is built, not after the last one was tested.</summary>
    [Theory]
    [InlineData("run")]
    [InlineData("test", "--kernel", "running")]
    [InlineData("kernel", "build")]
    [InlineData("kernel", "check")]
    [InlineData("abi", "refresh")]
    [InlineData("bench")]
    public async Task A_folder_for_results_that_cannot_be_written_is_10_and_named(params string[] command)
    {
        // Nobody, not even root, makes files there.
        File.CreateSymbolicLink(Path.Combine(_root, "artifacts"), "/sys/kernel");
        var result = await Command.RunAsync([.. command, "--root", _root]);
        Assert.True(result.ExitCode == 10, result.ToString());
        Assert.Contains(Path.Combine(_root, "artifacts", ".lock"), result.Error, StringComparison.Ordinal);
        Assert.Contains("Make it writable", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_command_in_a_checkout_says_what_it_waits_for()
    {
        var artifacts = Path.Combine(_root, "artifacts");
        var held = FileLock.TryTake(Path.Combine(artifacts, ".lock"));
        using var second = Command.Start(
            new Dictionary<string, string?> { ["DOCKER_HOST"] = "unix:///nonexistent.sock" }, "kernel", "build", "--root", _root);
        var first = await second.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Equal($"faultline: another faultline is at work in {artifacts}; waiting for its end", first);
        Assert.False(second.HasExited, "The command did not wait.");

        held!.Dispose();
        var result = await Command.EndOfAsync(second);
        Assert.Contains("No container engine answered", result.Error, StringComparison.Ordinal);
        Assert.Equal(10, result.ExitCode);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
