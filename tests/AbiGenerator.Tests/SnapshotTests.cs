using Microsoft.CodeAnalysis;

namespace Faultline.AbiGenerator.Tests;

/// <summary>What is generated for each model, beside the model's name under Goldens/.</summary>
public sealed class SnapshotTests
{
    public static TheoryData<string> Models => ["base", "upstream", "records", "macros", "ioctls", "names"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Generated_code_is_the_golden_one(string name)
    {
        var run = Run(name);
        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Severity > DiagnosticSeverity.Info);
        var directory = Path.Combine(Repository.Root, "tests", "AbiGenerator.Tests", "Goldens", name);
        if (Repository.RewriteGoldens)
            Write(directory, run.Files);
        Assert.Equal(Directory.GetFiles(directory).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal), run.Files.Keys.Order(StringComparer.Ordinal));
        Assert.All(run.Files, file => Assert.Equal(File.ReadAllText(Path.Combine(directory, file.Key + ".txt")), file.Value));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Generated_code_compiles_without_a_warning(string name)
    {
        var diagnostics = Run(name).Output.GetDiagnostics(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    private static GeneratorRun Run(string name) => GeneratorRun.Of([SupportStub.Source],
        new ModelFile(name is "base" or "upstream" ? Repository.Variant(name) : Repository.Fixture(name), EmitTests: true));

    private static void Write(string directory, IReadOnlyDictionary<string, string> files)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
        Directory.CreateDirectory(directory);
        foreach (var (name, text) in files)
            File.WriteAllText(Path.Combine(directory, name + ".txt"), text); // .txt: the test project must not compile them
    }
}
