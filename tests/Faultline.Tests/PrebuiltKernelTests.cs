using Faultline.Harness;

namespace Faultline.Cli.Tests;

/// <summary><c>test --kernel FILE</c>, as a user gives it.</summary>
public class PrebuiltKernelTests
{
    [Theory]
    [InlineData("no such file", "--kernel", "/nonexistent/bzImage")]
    [InlineData("is a folder", "--kernel", "/")]
    [InlineData("is booted as it is", "--kernel", "/etc/passwd", "--config", "debug")]
    [InlineData("takes one --variant", "--kernel", "/etc/passwd", "--variant", "base", "--variant", "upstream")]
    public async Task A_mistake_is_told(string told, params string[] arguments)
    {
        using var checkout = new Checkout(withBase: false);
        var result = await Command.RunAsync(["test", .. arguments, "--root", checkout.Folder]);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
    }

    /// <summary>It is named although somebody is at work in the checkout, and no engine answers.</summary>
    [Fact]
    public async Task What_would_run_on_it_is_listed_without_waiting()
    {
        using var checkout = new Checkout(withBase: false);
        using var held = FileLock.TryTake(CheckoutLock.PathOf(new Harness.Checkout(checkout.Folder)));
        var image = checkout.Of("vmlinuz-somewhere");
        var header = new byte[4096];
        BitConverter.GetBytes((ushort)0x400).CopyTo(header, 0x20e);
        "6.1.9-elsewhere "u8.CopyTo(header.AsSpan(0x600));
        await File.WriteAllBytesAsync(image, header, TestContext.Current.CancellationToken);
        var result = await Command.RunAsync(
            new Dictionary<string, string?> { ["DOCKER_HOST"] = "unix:///nonexistent/docker.sock" },
            "test", "--kernel", image, "--list", "--suite", $"selftests-6.12/mm={checkout.Of("src")}", "--root", checkout.Folder);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.StartsWith("6.1.9-elsewhere: 9 tests\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "engine")]
    [Trait("needs", "guest")]
    public async Task A_kernel_that_was_built_elsewhere_is_judged_by_the_profile_of_its_version()
    {
        using var checkout = new Checkout(withBase: true);
        // Somewhere else, and under another name: nothing is known of it but what it says itself.
        var image = checkout.Of("vmlinuz-somewhere");
        File.Move(checkout.Of("artifacts", "kernels", "base", "bzImage"), image);
        var result = await Command.RunAsync(
            "test", "--kernel", image, "--filter", "row=R12", "--filter", "identity", "--accel", "tcg", "--json",
            "--root", checkout.Folder);
        Assert.True(result.ExitCode == 0, result.ToString());
        using var report = System.Text.Json.JsonDocument.Parse(result.Output);
        var kernel = report.RootElement.GetProperty("kernels")[0];
        Assert.Matches(@"^6\.1\.\d+-base$", kernel.GetProperty("name").GetString());
        Assert.Equal("base", kernel.GetProperty("variant").GetString());
        Assert.Equal(image, kernel.GetProperty("source").GetProperty("name").GetString());
    }
}
