namespace Faultline.AbiExtractor.Tests;

/// <summary>Functions of a header, as the model tells them.</summary>
[Trait("needs", "libclang")]
public sealed class FunctionReadingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("static inline int f(number_t a, int b) { return a + b /* sum */; }", "s32 (u32, s32) { return #0 + #1 ; }")]
    [InlineData("static __inline__ __attribute__((const)) number_t f(void) { return 1; }", "u32 () { return 1 ; }")]
    [InlineData("extern void f(const char *a, ...);", "void (const s8 *, ...)")]
    [InlineData("void f(char *const *a, struct x b, int (*c)(int));", "void (s8 * const *, struct x, s32 (s32) *)")]
    [InlineData("int f(int a);\nstatic inline int g(void) { return 1; }\nint f(int b) { if (b) { return 2; } return b; }",
        "s32 (s32) { if ( #0 ) { return 2 ; } return #0 ; }")]
    [InlineData("#define BOTH(n) static inline int n(int a) { return a; }\nBOTH(f)\nint g(int b) { return b; }", "s32 (s32) { ... }")]
    [InlineData("static inline int f(int a) {\n#ifdef X\n return a;\n#else\n return -a;\n#endif\n}",
        "s32 (s32) { # ifdef X return #0 ; # else return - #0 ; # endif }")]
    public void Types_are_plain_and_a_body_is_its_tokens(string text, string told)
    {
        var path = _directory.Write("sample.h", $"typedef unsigned int number_t;\nstruct x {{ int a; }};\n{text}\n");
        var spec = HeaderExtractor.Extract(new() { Path = path, Target = "x86_64-linux-gnu" });
        Assert.Equal(told, spec.Unresolved.Single(item => item.Name == "f").Body);
    }
}
