namespace Faultline.Cli.Tests;

/// <summary><c>abi consumers</c> from the outside.</summary>
public sealed class AbiConsumersTests : IDisposable
{
    private const string Header = "linux-patch/upstream/userfaultfd.abi.json";

    private readonly string _folder = Directory.CreateTempSubdirectory("faultline-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<Command.Result> RunAsync(params string[] arguments) => Command.RunAsync(["abi", "consumers", _folder, "--against", Header, .. arguments]);

    [Theory]
    [InlineData("#define UFFD_FEATURE_SIGBUS (1 << 7)", "different", 0)]
    [InlineData("#define UFFD_FEATURE_SIGBUS (1 << 7)", "missing", 3)]
    [InlineData("#define UFFD_FEATURE_SIGBUS (1 << 6)", "different", 3)]
    [InlineData("#define UFFD_FEATURE_SIGBUS (1 << 6)", "never", 0)]
    public async Task The_bar_decides_the_exit_code(string source, string bar, int expected)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.c"), source, TestContext.Current.CancellationToken);
        var result = await RunAsync("--fail-on", bar);
        Assert.True(result.ExitCode == expected, result.ToString());
    }

    [Fact]
    public async Task A_folder_without_sources_proves_nothing()
    {
        var result = await RunAsync();
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains("no source in a language", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("running")]
    [InlineData("/bin/sh")] // an ELF file, as a vmlinux is
    public async Task A_side_without_names_of_its_own_is_refused(string against)
    {
        var result = await Command.RunAsync("abi", "consumers", _folder, "--against", against);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains($"--against {against} has types or numbers, but not the names", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--names-of", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_offers_only_what_is_taken()
    {
        var help = (await Command.RunAsync("abi", "consumers", "--help")).Output;
        Assert.Contains("an .abi.json file", help, StringComparison.Ordinal);
        Assert.DoesNotContain("running", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_folder_or_header_is_named()
    {
        Assert.Contains("no such directory", (await Command.RunAsync("abi", "consumers", "/nonexistent", "--against", Header)).Error, StringComparison.Ordinal);
        Assert.Contains("/nonexistent.h does not exist", (await Command.RunAsync("abi", "consumers", _folder, "--against", "/nonexistent.h")).Error, StringComparison.Ordinal);
    }
}
