namespace Faultline.Packages.Tests;

/// <summary>
/// samples/NativeConsumer, trimmed and compiled to a native program from the packages alone, for both versions of .NET that the
/// library has: a program that was built and runs on neither, for no .NET is in it. The native compiler is taken from the
/// user's package sources, or from the packages that are here already.
/// </summary>
public sealed class NativePackageTests(Feed feed)
{
    [Theory(Timeout = 600_000)]
    [InlineData("net10.0", ".NET 10.")]
    [InlineData("net8.0", ".NET 8.")]
    public async Task Published_program_is_native_trimmed_without_a_warning_and_works(string framework, string version)
    {
        var folder = feed.NewFolder("native");
        var sample = Path.Combine(Feed.Root, "samples", "NativeConsumer");
        foreach (var file in Directory.GetFiles(sample).Where(file => Path.GetFileName(file) != "nuget.config"))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), Sources(), TestContext.Current.CancellationToken);

        var published = await feed.DotnetAsync(folder, new Dictionary<string, string>(), "publish", "-nologo", "--disable-build-servers",
            "--use-current-runtime", $"-p:Framework={framework}", "-o", Path.Combine(folder, "out"));
        Assert.True(published.Status == 0, published.ToString());
        Assert.DoesNotContain("warning", published.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            ["NativeConsumer", "NativeConsumer.dbg"],
            Directory.GetFiles(Path.Combine(folder, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        var run = await ChildProcess.RunAsync(Path.Combine(folder, "out", "NativeConsumer"), [], folder,
            new Dictionary<string, string> { ["DOTNET_ROOT"] = "/nowhere" }, TestContext.Current.CancellationToken);
        Assert.StartsWith(version, run.Output, StringComparison.Ordinal);
        Assert.Contains("struct uffdio_copy: 40 bytes, UFFDIO_COPY: 0xc028aa03\n", run.Output, StringComparison.Ordinal);
        Assert.Contains(" PagefaultFlagWp ", run.Output, StringComparison.Ordinal);
        // Whether the machine lets programs open a userfaultfd is not what is asked here; that the program says it is.
        if (run.Status == 3)
            Assert.Contains("\nrefused: ", run.Output, StringComparison.Ordinal);
        else
            Assert.True(run.Status == 0 && run.Output.EndsWith("the page holds 0x5a\n", StringComparison.Ordinal), run.ToString());
    }

    /// <summary>The packages under test next to the user's sources; what the user has fetched before is not fetched again.</summary>
    private string Sources()
    {
        var fetched = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var fallback = Directory.Exists(fetched)
            ? $"""<fallbackPackageFolders><add key="fetched" value="{fetched}" /></fallbackPackageFolders>""" : "";
        return $"""
            <?xml version="1.0" encoding="utf-8"?>
            <configuration>
              <packageSources><add key="feed" value="{feed.Packages}" /></packageSources>
              {fallback}
            </configuration>
            """;
    }
}
