using Faultline.AbiExtractor.Clang;

namespace Faultline.AbiExtractor.Tests;

/// <summary>The same model from every libclang of this machine, byte for byte. libclang is loaded once in a process, so each version gets its own.</summary>
[Trait("needs", "libclang")]
public sealed class LibclangVersionTests(ITestOutputHelper output)
{
    public static TheoryData<string, string> Models
    {
        get
        {
            var models = new TheoryData<string, string>();
            foreach (var header in Directory.GetFiles(Path.Combine(Repository.Headers, "c"), "*.h").Order(StringComparer.Ordinal))
                models.Add(Path.GetRelativePath(Repository.Root, header), Path.GetRelativePath(Repository.Root, Path.ChangeExtension(header, ".abi.json")));
            models.Add("tests/Fixtures/headers/linux-6.1/linux/userfaultfd.h", "linux-patch/base/userfaultfd.abi.json");
            models.Add("tests/Fixtures/headers/linux-6.12/linux/userfaultfd.h", "linux-patch/upstream/userfaultfd.abi.json");
            return models;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Every_version_gives_the_same_model(string header, string model)
    {
        var golden = await File.ReadAllTextAsync(Path.Combine(Repository.Root, model), TestContext.Current.CancellationToken);
        var versions = Versions();
        Assert.NotEmpty(versions);
        foreach (var library in versions)
        {
            var (status, text, error) = await CProbe.Run("env",
                [
                    $"LIBCLANG_PATH={library}", "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "Faultline.AbiExtractor.dll"), Path.Combine(Repository.Root, header),
                    "--target", "x86_64-linux-gnu", "--include", Path.Combine(Repository.Headers, "linux-6.1"), "--verbose",
                ],
                TestContext.Current.CancellationToken);
            Assert.True(status == 0, error);
            output.WriteLine(error.Trim());
            Assert.Equal(golden, text);
        }
    }

    /// <summary>One file for each version that distributions install side by side; where there is none, the one that is found.</summary>
    private static List<string> Versions()
    {
        var installed = Enumerable.Range(LibclangLocator.OldestVersion, LibclangLocator.NewestVersion - LibclangLocator.OldestVersion + 1)
            .SelectMany(version => new[] { $"/usr/lib/llvm-{version}/lib/libclang.so.1", $"/usr/lib/llvm-{version}/lib/libclang-{version}.so.1" })
            .Select(file => new FileInfo(file)).Where(file => file.Exists)
            .Select(file => file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName).Distinct().ToList();
        return installed.Count > 0 ? installed : [""];
    }
}
