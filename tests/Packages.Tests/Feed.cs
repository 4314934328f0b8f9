using Faultline.Packages.Tests;

[assembly: AssemblyFixture(typeof(Feed))]

namespace Faultline.Packages.Tests;

/// <summary>
/// A folder of freshly made packages, a cache of its own and a configuration that knows no other source: what is tested is never an older package
/// of the same version, and nothing is fetched.
/// </summary>
public sealed class Feed : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("faultline-feed-");
    private string _nugetConfig = "";

    public static string Configuration { get; } = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    public static string Root => CheckoutRoot.Path;

    public string Packages => Path.Combine(_directory.FullName, "feed");

    /// <summary>The version that a package was packed with.</summary>
    public string VersionOf(string package) => Directory.GetFiles(Packages, package + ".*.nupkg")
        .Select(file => Path.GetFileNameWithoutExtension(file)[(package.Length + 1)..]).Single(rest => char.IsAsciiDigit(rest[0]));

    public async ValueTask InitializeAsync()
    {
        _nugetConfig = $"""
            <?xml version="1.0" encoding="utf-8"?>
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{Packages}" />
              </packageSources>
            </configuration>
            """;
        foreach (var project in (string[])["generators/AbiGenerator", "src/Faultline", "src/Userfaultfd"])
        {
            var result = await ChildProcess.RunAsync("dotnet",
                ["pack", Path.Combine(Root, project), "-c", Configuration, "--no-build", "-o", Packages, "-v:q", "-nologo", "--disable-build-servers"],
                Root, new Dictionary<string, string>(), CancellationToken.None);
            Assert.True(result.Status == 0, result.ToString());
        }
    }

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A new folder outside the repository in which dotnet sees these packages only.</summary>
    public string NewFolder(string name)
    {
        var folder = Path.Combine(_directory.FullName, $"{name}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "nuget.config"), _nugetConfig);
        return folder;
    }

    /// <summary>Runs dotnet in such a folder.</summary>
    internal Task<ProcessResult> DotnetAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) => ChildProcess.RunAsync(
        "dotnet", arguments, folder, new Dictionary<string, string>(environment)
        {
            ["NUGET_PACKAGES"] = Path.Combine(_directory.FullName, "cache"),
            ["MSBUILDTERMINALLOGGER"] = "off",
        }, TestContext.Current.CancellationToken);
}
