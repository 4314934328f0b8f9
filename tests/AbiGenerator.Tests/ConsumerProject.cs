using System.Diagnostics;

namespace Faultline.AbiGenerator.Tests;

/// <summary>
/// A project outside the repository that builds with the generator, one after the other for every test of a class. What its tests ask
/// begins after the restore, and a restore costs as much as the rest of such a build: the folder is restored once and then emptied but
/// for what that wrote.
/// </summary>
public sealed class ConsumerProject : IDisposable
{
    private static readonly string Configuration =
        AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    /// <summary>
    /// The generator as the package gives it: assemblies that are built already. The tests stand on these projects, so they are never
    /// older than the sources. The SDK's own analyzers are asked by the test that imports <see cref="FromSources"/>.
    /// </summary>
    private const string AsBuilt = """
        <PropertyGroup>
            <EnableNETAnalyzers>false</EnableNETAnalyzers>
            <Built>bin/$(Configuration)/net10.0</Built>
            <FaultlineAbiExtractor>$(RepositoryRoot)src/AbiExtractor/$(Built)/Faultline.AbiExtractor.dll</FaultlineAbiExtractor>
            <FaultlineAbiNames>$(RepositoryRoot)src/AbiNames/$(Built)/Faultline.AbiNames.dll</FaultlineAbiNames>
          </PropertyGroup>
          <ItemGroup>
            <Analyzer Include="$(RepositoryRoot)generators/AbiGenerator/bin/$(Configuration)/netstandard2.0/Faultline.*.dll" />
          </ItemGroup>
          <Import Project="$(RepositoryRoot)generators/AbiGenerator/build/Faultline.AbiGenerator.targets" />
        """;

    /// <summary>The generator's and the extractor's projects, as the repository's own projects refer to them.</summary>
    private const string FromSources = """<Import Project="$(RepositoryRoot)generators/AbiGenerator/build/InRepository.targets" />""";

    private readonly string _directory = Directory.CreateTempSubdirectory("faultline-build-").FullName;

    /// <summary>How the generator came into the project that was restored; null before that.</summary>
    private string? _restored;

    private string _generator = "";

    public string In(string name) => Path.Combine(_directory, name);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>Removes all but what a restore wrote, which is files right in <c>obj</c>.</summary>
    public void Empty()
    {
        foreach (var file in Directory.GetFiles(_directory))
            File.Delete(file);
        foreach (var folder in Directory.GetDirectories(_directory).Where(folder => folder != In("obj")))
            Directory.Delete(folder, recursive: true);
        if (!Directory.Exists(In("obj")))
            return;
        foreach (var folder in Directory.GetDirectories(In("obj")))
            Directory.Delete(folder, recursive: true);
    }

    /// <param name="items">What stands in its item group.</param>
    /// <param name="program">Its Program.cs.</param>
    /// <param name="fromSources">Whether the generator's and the extractor's projects are part of the build.</param>
    public void Write(string items, string program, bool fromSources = false)
    {
        _generator = fromSources ? FromSources : AsBuilt;
        // The repository's own Directory.Build.* must not reach in, nor anything above the temporary directory.
        File.WriteAllText(
            In("Directory.Build.props"),
            $"<Project><PropertyGroup><RepositoryRoot>{Repository.Root}/</RepositoryRoot></PropertyGroup></Project>");
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
              {_generator}
            </Project>
            """);
        File.WriteAllText(In("Program.cs"), program);
    }

    /// <param name="libclangPath">LIBCLANG_PATH of the build; empty finds the installed one.</param>
    /// <param name="more">More arguments.</param>
    public async Task<(int Status, string Output)> BuildAsync(string libclangPath, string[] more)
    {
        var start = new ProcessStartInfo("dotnet", ["build", In("Consumer.csproj"), "-c", Configuration, "-v:n", "-nologo",
            "--disable-build-servers", .. _restored == _generator ? (string[])["--no-restore"] : [], .. more])
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
        // A restore that failed left nothing to build on, and none that is left is of another project.
        _restored = File.Exists(In("obj/project.assets.json")) ? _generator : null;
        return (process.ExitCode, output + await error);
    }
}
