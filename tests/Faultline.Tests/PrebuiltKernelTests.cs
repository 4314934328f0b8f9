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
