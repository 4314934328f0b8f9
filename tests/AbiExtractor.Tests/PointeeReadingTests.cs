namespace Faultline.AbiExtractor.Tests;

/// <summary>What fields point to, as the model tells it.</summary>
[Trait("needs", "libclang")]
public sealed class PointeeReadingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("const char *p", "s8")]
    [InlineData("void *p", "void")]
    [InlineData("unsigned int *p", "u32")]
    [InlineData("number_t *p", "u32")]
    [InlineData("struct x *p", "struct x")]
    [InlineData("struct nowhere *p", "struct nowhere")]
    [InlineData("x_t p[2]", "struct x")]
    [InlineData("char **p", "ptr")]
    [InlineData("enum e *p", "enum e")]
    [InlineData("int (*p)[4]", "s32[4]")]
    [InlineData("int (*p)(int)", null)]
    [InlineData("struct { int a; } *p", null)]
    [InlineData("unsigned long p", null)]
    public void A_pointer_s_target_is_reduced_to_what_decides_its_layout(string field, string? told)
    {
        var text = "typedef unsigned int number_t;\nenum e { A };\nstruct x { int a; };\ntypedef struct x *x_t;\n"
            + $"struct s {{ {field}; }};\n";
        var spec = HeaderExtractor.Extract(new() { Path = _directory.Write("sample.h", text), Target = "x86_64-linux-gnu" });
        Assert.Equal(told, spec.Structs.Single(record => record.Name == "s").Fields[0].Pointee?.ToString());
    }
}
