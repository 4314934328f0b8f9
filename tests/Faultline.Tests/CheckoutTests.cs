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

    /// <summary>A listing of a tree writes nothing to the folder in which a run has the tree's base.</summary>
    [Fact]
    public async Task A_listing_waits_for_nobody()
    {
        var artifacts = Path.Combine(_root, "artifacts");
        using var held = FileLock.TryTake(Path.Combine(artifacts, ".lock"));
        var tree = Path.Combine(_root, "linux");
        foreach (var name in (string[])["Makefile", "Kconfig", "mm/userfaultfd.c"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(tree, name))!);
            await File.WriteAllTextAsync(Path.Combine(tree, name), "one\n", TestContext.Current.CancellationToken);
        }

        await GitAsync(tree, "init", "--quiet");
        await GitAsync(tree, "add", "--all");
        await GitAsync(tree, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "one");
        await File.WriteAllTextAsync(Path.Combine(tree, "Makefile"), "two\n", TestContext.Current.CancellationToken);
        var result = await Command.RunAsync(
            "run", "--tree", tree, "--base", "HEAD", "--list", "--root", _root, "--suite", "/bin/true");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.StartsWith("linux-base: 1 test\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("linux: 1 test\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("another faultline", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(artifacts, "trees")), result.ToString());
    }

    private static async Task GitAsync(string tree, params string[] arguments) => await CliWrap.Cli.Wrap("git")
        .WithArguments(["-C", tree, .. arguments]).ExecuteAsync(TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
