using System.Diagnostics;

namespace Faultline.AbiGenerator.Tests;

/// <summary>The build targets as a project meets them: extraction, the committed model without libclang, and no work when nothing changed.</summary>
public sealed class BuildTests : IDisposable
{
    private const string SkipsExtraction = "Skipping target \"FaultlineExtractAbi\" because all output files are up-to-date";

    private readonly string _directory = Directory.CreateTempSubdirectory("faultline-build-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string In(string name) => Path.Combine(_directory, name);

    /// <summary>A project outside the repository with the generator from its sources.</summary>
    private void WriteProject(string items, string program)
    {
        // The repository's own Directory.Build.* must not reach in, nor anything above the temporary directory.
        File.WriteAllText(In("Directory.Build.props"), $"<Project><PropertyGroup><RepositoryRoot>{Repository.Root}/</RepositoryRoot></PropertyGroup></Project>");
        File.WriteAllText(In("Directory.Build.targets"), "<Project />");
        File.WriteAllText(In("Directory.Packages.props"), "<Project />");
        File.WriteAllText(In("Consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>{items}</ItemGroup>
              <Import Project="$(RepositoryRoot)generators/AbiGenerator/build/InRepository.targets" />
            </Project>
            """);
        File.WriteAllText(In("Program.cs"), program);
    }

    private async Task<(int Status, string Output)> Build(string libclangPath = "")
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new ProcessStartInfo("dotnet", ["build", In("Consumer.csproj"), "-c", configuration, "-v:n", "-nologo", "--disable-build-servers"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = _directory,
        };
        start.Environment["LIBCLANG_PATH"] = libclangPath;
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }

    [Fact]
    [Trait("needs", "libclang")]
    public async Task Header_item_extracts_once_and_again_when_edited()
    {
        await File.WriteAllTextAsync(In("sample.h"), "#define SAMPLE_LIMIT 7\n", TestContext.Current.CancellationToken);
        WriteProject("""<UapiHeader Include="sample.h" Namespace="Sample.Abi" />""", "return Sample.Abi.SampleConstants.SampleLimit == 7 ? 0 : 1;");
        var first = await Build();
        Assert.True(first.Status == 0, first.Output);
        Assert.DoesNotContain(SkipsExtraction, first.Output, StringComparison.Ordinal);

        var second = await Build();
        Assert.Contains(SkipsExtraction, second.Output, StringComparison.Ordinal);
        Assert.Contains("Skipping target \"CoreCompile\"", second.Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(In("sample.h"), "#define SAMPLE_CEILING 8\n", TestContext.Current.CancellationToken);
        var third = await Build();
        Assert.NotEqual(0, third.Status);
        Assert.Contains("'SampleConstants' does not contain a definition for 'SampleLimit'", third.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_libclang_the_committed_model_is_used_and_told()
    {
        await File.WriteAllTextAsync(In("userfaultfd.h"), "never read\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("committed.abi.json"), Repository.Variant("base"), TestContext.Current.CancellationToken);
        WriteProject("""<UapiHeader Include="userfaultfd.h" Namespace="Sample.Abi" Model="committed.abi.json" />""", "return Sample.Abi.UserfaultfdConstants.UffdApi == 0xAA ? 0 : 1;");
        var (status, output) = await Build(libclangPath: "/nowhere");
        Assert.True(status == 0, output);
        Assert.Contains("libclang is missing; the committed model committed.abi.json is used instead", output, StringComparison.Ordinal);
    }

    /// <summary>A model that is only a stand-in is never up to date.</summary>
    [Fact]
    [Trait("needs", "libclang")]
    public async Task Libclang_that_came_later_reads_the_header()
    {
        await File.WriteAllTextAsync(In("userfaultfd.h"), "#define UFFD_API 0xAB\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("committed.abi.json"), Repository.Variant("base"), TestContext.Current.CancellationToken);
        WriteProject("""<UapiHeader Include="userfaultfd.h" Namespace="Sample.Abi" Model="committed.abi.json" />""", "return Sample.Abi.UserfaultfdConstants.UffdApi == 0xAB ? 0 : 1;");
        var (status, output) = await Build(libclangPath: "/nowhere");
        Assert.True(status == 0, output);
        (status, output) = await Build();
        Assert.True(status == 0, output);
        Assert.DoesNotContain(SkipsExtraction, output, StringComparison.Ordinal);
        (_, output) = await Build();
        Assert.Contains(SkipsExtraction, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FLT010_headers_of_one_file_name()
    {
        await File.WriteAllTextAsync(In("sample.h"), "#define A 1\n", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(In("other"));
        await File.WriteAllTextAsync(In("other/sample.h"), "#define B 1\n", TestContext.Current.CancellationToken);
        WriteProject("""<UapiHeader Include="sample.h" Namespace="One.Abi" /><UapiHeader Include="other/sample.h" Namespace="Two.Abi" />""", "return 0;");
        var (status, output) = await Build();
        Assert.NotEqual(0, status);
        Assert.Contains("error FLT010", output, StringComparison.Ordinal);
        Assert.Contains("other/sample.h", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FLT008_without_libclang_and_without_a_model()
    {
        await File.WriteAllTextAsync(In("sample.h"), "#define A 1\n", TestContext.Current.CancellationToken);
        WriteProject("""<UapiHeader Include="sample.h" Namespace="Sample.Abi" />""", "return 0;");
        var (status, output) = await Build(libclangPath: "/nowhere");
        Assert.NotEqual(0, status);
        Assert.Contains("error FLT008", output, StringComparison.Ordinal);
        Assert.Contains("libclang-dev", output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "libclang")]
    public async Task FLT009_broken_header_is_not_hidden_by_an_old_model()
    {
        await File.WriteAllTextAsync(In("sample.h"), "struct {", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("committed.abi.json"), Repository.Variant("base"), TestContext.Current.CancellationToken);
        WriteProject("""<UapiHeader Include="sample.h" Namespace="Sample.Abi" Model="committed.abi.json" />""", "return 0;");
        var (status, output) = await Build();
        Assert.NotEqual(0, status);
        Assert.Contains("error FLT009", output, StringComparison.Ordinal);
        Assert.Contains("sample.h(1,", output, StringComparison.Ordinal);
    }
}
