namespace Faultline.AbiExtractor.Tests;

/// <summary>Enumerators that a macro of their name says again.</summary>
[Trait("needs", "libclang")]
public sealed class DefinedEnumeratorReadingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("enum e { A = 1 };", false)]
    [InlineData("enum e { A = 1\n#define A A\n};", true)]
    [InlineData("enum e { A = 1 };\n#define A A", true)]
    [InlineData("enum e { A = 1 };\n#define A 1", false)]
    [InlineData("enum e { A = 1 };\n#define A(x) A", false)]
    [InlineData("enum { A = 1 };\n#define A A /* for #ifdef */", true)]
    public void A_macro_of_its_name_is_told_with_it(string text, bool told)
    {
        var spec = HeaderExtractor.Extract(new() { Path = _directory.Write("sample.h", text + "\n"), Target = "x86_64-linux-gnu" });
        Assert.Equal(told, spec.Enums.Single().Members.Single().Defined);
    }
}
