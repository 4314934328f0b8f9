namespace Faultline.Packages.Tests;

/// <summary>The faultline command installed as a dotnet tool, used outside any checkout.</summary>
public sealed class ToolPackageTests(Feed feed)
{
    private static string Headers(string version) => Path.Combine(Feed.Root, "tests", "Fixtures", "headers", version, "linux", "userfaultfd.h");

    [Fact]
    [Trait("needs", "libclang")]
    public async Task Installed_tool_extracts_compares_and_diagnoses_without_a_checkout()
    {
        var folder = feed.NewFolder("tool");
        var installed = await feed.DotnetAsync(folder, new Dictionary<string, string>(), "tool", "install", "Faultline", "--version", feed.VersionOf("Faultline"), "--tool-path", Path.Combine(folder, "tools"));
        Assert.True(installed.Status == 0, installed.ToString());

        var extracted = await FaultlineAsync(folder, "abi", "extract", Headers("linux-6.1"), "--verbose", "-o", "old.abi.json");
        Assert.True(extracted.Status == 0, extracted.ToString());
        Assert.Contains("clang version", extracted.Error, StringComparison.Ordinal);
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(Feed.Root, "linux-patch", "base", "userfaultfd.abi.json"), TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(Path.Combine(folder, "old.abi.json"), TestContext.Current.CancellationToken));

        var drift = await FaultlineAsync(folder, "abi", "diff", "old.abi.json", Headers("linux-6.12"), "--fail-on", "any");
        Assert.True(drift.Status == 3, drift.ToString());
        Assert.Contains("UFFD_FEATURE_WP_UNPOPULATED", drift.Output, StringComparison.Ordinal);

        var doctor = await FaultlineAsync(folder, "doctor");
        Assert.True(doctor.Status is 0 or 10, doctor.ToString()); // 10: something required, most likely the engine, is not here
        Assert.Contains("ok    libclang", doctor.Output, StringComparison.Ordinal);

        var suite = await FaultlineAsync(folder, "test", "--kernel", "running");
        Assert.True(suite.Status == 2, suite.ToString());
        Assert.Contains("--root DIR", suite.Error, StringComparison.Ordinal);
    }

    private static Task<ProcessResult> FaultlineAsync(string folder, params string[] arguments) => ChildProcess.RunAsync(
        Path.Combine(folder, "tools", "faultline"), arguments, folder, new Dictionary<string, string>(), TestContext.Current.CancellationToken);
}
