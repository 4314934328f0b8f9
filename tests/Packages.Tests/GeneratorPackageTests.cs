using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Faultline.Packages.Tests;

/// <summary>Faultline.AbiGenerator as its users meet it: a package reference and an item in a project of their own.</summary>
public sealed class GeneratorPackageTests(Feed feed)
{
    private const string SkipsExtraction = "Skipping target \"FaultlineExtractAbi\" because all output files are up-to-date";
    private const string SkipsCompilation = "Skipping target \"CoreCompile\" because all output files are up-to-date";

    [Fact]
    public void Package_holds_the_generator_the_extractor_and_no_dependency()
    {
        using var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(feed.Packages, "Faultline.AbiGenerator.*.nupkg")));
        var files = package.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string>(StringComparer.Ordinal)
        {
            "README.md",
            "build/Faultline.AbiGenerator.targets",
            "analyzers/dotnet/cs/Faultline.AbiGenerator.dll",
            "analyzers/dotnet/cs/Faultline.AbiEmit.dll",
            "analyzers/dotnet/cs/Faultline.AbiModel.dll",
            "tools/net10.0/any/Faultline.AbiExtractor.dll",
            "tools/net10.0/any/Faultline.AbiExtractor.runtimeconfig.json",
            "tools/net10.0/any/Faultline.AbiNames.dll",
            "tools/net10.0/any/Faultline.AbiNames.deps.json",
            "tools/net10.0/any/Faultline.AbiNames.runtimeconfig.json",
            "tools/net10.0/any/Faultline.AbiEmit.dll",
            "tools/net10.0/any/Faultline.AbiModel.dll",
            "tools/net10.0/any/Faultline.Machine.dll",
        }, files);
        Assert.DoesNotContain(files, file => file.StartsWith("lib/", StringComparison.Ordinal));
        using var reader = new StreamReader(package.GetEntry("Faultline.AbiGenerator.nuspec")!.Open());
        var nuspec = reader.ReadToEnd();
        Assert.Contains("<developmentDependency>true</developmentDependency>", nuspec, StringComparison.Ordinal);
        Assert.Contains("<license type=\"expression\">MIT</license>", nuspec, StringComparison.Ordinal);
        Assert.DoesNotContain("<dependency ", nuspec, StringComparison.Ordinal);
    }

    /// <summary>A project without an address of its own names the page as it lies in the package.</summary>
    [Fact]
    public void Package_holds_the_page_that_its_diagnostics_link_to()
    {
        using var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(feed.Packages, "Faultline.AbiGenerator.*.nupkg")));
        var (targets, page) = (Text("build/Faultline.AbiGenerator.targets"), Text("docs/diagnostics.md"));
        var errors = Regex.Matches(targets, "<Error Code=\"(FLT\\d+)\" HelpLink=\"(?:[^\"]*)/docs/diagnostics.md#(flt\\d+)\"").ToList();
        Assert.Equal(Regex.Count(targets, "<Error Code="), errors.Count);
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Equal(error.Groups[1].Value, error.Groups[2].Value.ToUpperInvariant()));
        Assert.All(errors, error => Assert.Contains($"<a id=\"{error.Groups[2].Value}\"></a>", page, StringComparison.Ordinal));

        string Text(string file)
        {
            using var reader = new StreamReader(package.GetEntry(file)!.Open());
            return reader.ReadToEnd();
        }
    }

    [Fact]
    [Trait("needs", "libclang")]
    public async Task Header_is_extracted_once_and_again_when_it_or_what_it_includes_changes()
    {
        var consumer = Consumer.Create(feed);
        var first = await consumer.BuildAsync();
        Assert.True(first.Status == 0, first.ToString());
        Assert.Contains("linux/userfaultfd.h for x86_64-linux-gnu, read by", first.Output, StringComparison.Ordinal);

        var unchanged = await consumer.BuildAsync();
        Assert.Contains(SkipsExtraction, unchanged.Output, StringComparison.Ordinal);
        Assert.Contains(SkipsCompilation, unchanged.Output, StringComparison.Ordinal);

        await File.AppendAllTextAsync(consumer.IncludedHeader, "\n", TestContext.Current.CancellationToken);
        var included = await consumer.BuildAsync();
        Assert.True(included.Status == 0, included.ToString());
        Assert.DoesNotContain(SkipsExtraction, included.Output, StringComparison.Ordinal);

        var header = await File.ReadAllTextAsync(consumer.Header, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(consumer.Header, header.Replace("UFFD_API ", "UFFD_RENAMED ", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var renamed = await consumer.BuildAsync();
        Assert.NotEqual(0, renamed.Status);
        Assert.Contains("'UserfaultfdConstants' does not contain a definition for 'UffdApi'", renamed.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "libclang")]
    [Trait("needs", "userfaultfd")]
    public async Task Sample_negotiates_with_the_kernel_and_names_an_edited_feature()
    {
        var consumer = Consumer.Create(feed);
        var header = await File.ReadAllTextAsync(consumer.Header, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(consumer.Header,
            header.Replace("#define UFFD_FEATURE_THREAD_ID", "#define UFFD_FEATURE_FROM_THE_FUTURE (1ULL << 62)\n#define UFFD_FEATURE_THREAD_ID", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        var built = await consumer.BuildAsync();
        Assert.True(built.Status == 0, built.ToString());
        var ran = await consumer.RunAsync();
        Assert.True(ran.Status == 0, ran.ToString());
        Assert.Contains("UFFDIO_API 0xAA", ran.Output, StringComparison.Ordinal);
        Assert.Contains("yes  ThreadId", ran.Output, StringComparison.Ordinal);
        Assert.Contains("no   FromTheFuture", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_libclang_the_committed_model_is_used_and_told()
    {
        var built = await Consumer.Create(feed).BuildAsync(libclangPath: "/nowhere");
        Assert.True(built.Status == 0, built.ToString());
        Assert.Contains("libclang is missing; the committed model userfaultfd.abi.json is used instead", built.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "libclang")]
    public async Task FLT009_tells_the_place_and_fails_the_build()
    {
        var consumer = Consumer.Create(feed);
        await File.WriteAllTextAsync(consumer.Header, "#include <linux/types.h>\n\nstruct broken { __u64 a }\n", TestContext.Current.CancellationToken);
        var built = await consumer.BuildAsync();
        Assert.NotEqual(0, built.Status);
        Assert.Contains($"{consumer.Header}(3,", built.Output, StringComparison.Ordinal);
        Assert.Contains("error FLT009: expected ';'", built.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_model_is_that_of_linux_6_1() => Assert.Equal(
        File.ReadAllText(Path.Combine(Feed.Root, "linux-patch", "base", "userfaultfd.abi.json")),
        File.ReadAllText(Path.Combine(Feed.Root, "samples", "UapiConsumer", "userfaultfd.abi.json")));
}
