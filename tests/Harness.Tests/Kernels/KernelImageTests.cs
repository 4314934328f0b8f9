using CliWrap;

namespace Faultline.Harness.Tests.Kernels;

/// <summary>What is booted is what was compiled: the build step's own function, run where the build folder would be.</summary>
public sealed class KernelImageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("setup \u001f\u008bnew kernel end", true)]
    [InlineData("setup \u001f\u008bold kernel end", false)]
    [InlineData("", false)]
    public async Task The_image_holds_the_kernel_that_was_compressed_last(string image, bool holds)
    {
        _folder.Write("boot/compressed/vmlinux.bin.gz", "\u001f\u008bnew kernel");
        _folder.Write("boot/bzImage", image);
        Assert.Equal(holds, await AskAsync());
    }

    /// <summary>Not every architecture has the one in the other.</summary>
    [Fact]
    public async Task Without_a_compressed_kernel_there_is_nothing_to_ask() => Assert.True(await AskAsync());

    public void Dispose() => _folder.Dispose();

    private async Task<bool> AskAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var script = await File.ReadAllTextAsync(RepositoryRoot.Of("images", "kernel-steps", "build"), token);
        var function = script[script.IndexOf("holds_kernel() {", StringComparison.Ordinal)..];
        function = function[..(function.IndexOf("\n}\n", StringComparison.Ordinal) + 3)];
        var result = await Cli.Wrap("sh").WithArguments(["-uc", $"boot=boot\n{function}\nholds_kernel"]).WithWorkingDirectory(_folder.Path)
            .WithEnvironmentVariables(environment => environment.Set("IMAGE", "bzImage"))
            .WithValidation(CommandResultValidation.None).ExecuteAsync(token);
        return result.ExitCode == 0;
    }
}
