using Faultline.AbiEmit.Languages;
using Faultline.AbiModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Faultline.AbiGenerator.Tests;

/// <summary>What <c>faultline abi emit --lang csharp</c> writes: the generator's C# in one file, which compiles alone.</summary>
public sealed class EmittedFileTests
{
    public static TheoryData<string> Models =>
    [
        "linux-patch/upstream/userfaultfd.abi.json",
        .. "records macros names ioctls requests".Split(' ').Select(name => $"tests/Fixtures/headers/c/{name}.abi.json"),
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void It_compiles_and_has_every_type_of_the_generator(string model)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, model));
        var code = Language.All.Single(language => language.Name == "csharp")
            .Emit(AbiFile.Parse(text), new("", Part: false) { Package = "Sample.Abi" });
        var alone = GeneratorRun.Of([code]);
        Assert.Empty(alone.Compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(problem => problem.Severity >= DiagnosticSeverity.Warning));
        Assert.Equal(Types(GeneratorRun.Of(new ModelFile(text)).Output), Types(alone.Compilation));
    }

    private static IEnumerable<string> Types(CSharpCompilation compilation) => compilation.Assembly.TypeNames.Order(StringComparer.Ordinal);
}
