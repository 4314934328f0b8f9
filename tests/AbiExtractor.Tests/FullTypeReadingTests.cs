namespace Faultline.AbiExtractor.Tests;

/// <summary>What the model tells of a type beyond its layout.</summary>
[Trait("needs", "libclang")]
public sealed class FullTypeReadingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("unsigned int p", "")]
    [InlineData("char *p", "")]
    [InlineData("void *p[2]", "")]
    [InlineData("struct x *p", "")]
    [InlineData("int (*p)[4]", "")]
    [InlineData("const unsigned int p", "const u32")]
    [InlineData("volatile number_t p[2][3]", "volatile u32[2][3]")]
    [InlineData("const volatile struct x p", "const volatile struct x")]
    [InlineData("const char *p", "const s8 *")]
    [InlineData("text_t p", "const s8 *")]
    [InlineData("char *const p", "s8 * const")]
    [InlineData("char *const p[2]", "s8 * const[2]")]
    [InlineData("const char *p[2]", "const s8 *[2]")]
    [InlineData("volatile struct x *p", "volatile struct x *")]
    [InlineData("const int (*p)[4]", "const s32[4] *")]
    [InlineData("char **p", "s8 * *")]
    [InlineData("const char *const *p", "const s8 * const *")]
    [InlineData("struct { int a; } *p", "struct {...} *")]
    [InlineData("int (*p)(int)", "s32 (s32) *")]
    [InlineData("int (*const p)(int)", "s32 (s32) * const")]
    [InlineData("callback_t p", "void (struct x *, const s8 *, ...) *")]
    [InlineData("void (*p)(int (*)(long), const int)", "void (s32 (s64l) *, s32) *")]
    [InlineData("long p", "s64l")]
    [InlineData("long long p", "")]
    [InlineData("unsigned long *p", "u64l *")]
    [InlineData("signed char p[2]", "s8s[2]")]
    [InlineData("void (*p)()", "void (...) *")]
    [InlineData("void (*p)(void)", "void () *")]
    [InlineData("const struct { int a; } p", "const struct {...}")]
    public void A_field_s_type_is_told_where_its_layout_is_not_all(string field, string told) =>
        Assert.Equal(told, Read($"struct s {{ {field}; }};").Structs.Single(record => record.Name == "s").Fields[0].Full);

    [Theory]
    [InlineData("typedef int t", "")]
    [InlineData("typedef const int t", "const s32")]
    [InlineData("typedef char *t", "s8 *")]
    [InlineData("typedef text_t t", "const s8 *")]
    [InlineData("typedef int t(number_t)", "s32 (u32)")]
    [InlineData("typedef int (*t)(number_t)", "s32 (u32) *")]
    public void A_typedef_s_type_is_told_too(string typedef, string told) =>
        Assert.Equal(told, Read($"{typedef};").Typedefs.Single(item => item.Name == "t").Full);

    /// <summary>The macros stand in another header; <c>RO</c> is const there, <c>NO</c> nothing.</summary>
    [Theory]
    [InlineData("RO struct { int a; };", "const struct {...}")]
    [InlineData("struct { int a; } RO;", "const struct {...}")]
    [InlineData("ALSO union { int a; };", "const union {...}")]
    [InlineData("HOLDS(int a;);", "volatile struct {...}")]
    [InlineData("NO struct { int a; };", "")]
    [InlineData("VOL struct { int a; };", "volatile struct {...}")]
    [InlineData("PLAIN { int a; };", "")]
    public void An_anonymous_member_is_qualified_by_macros_too(string member, string told)
    {
        _directory.Write("words.h", "#define RO const\n#define NO\n#define ALSO RO\n#define HOLDS(m) volatile struct { m }\n");
        var spec = Read("#include \"words.h\"\n#define VOL volatile\n#define PLAIN struct\nstruct z { const char *p; };\n"
            + $"struct q {{ {member} }};");
        Assert.Equal(told, spec.Structs.Single(item => item.Name == "q").Fields.Single().Full);
    }

    private AbiModel.AbiSpec Read(string text) => HeaderExtractor.Extract(new()
    {
        Path = _directory.Write("sample.h", "typedef unsigned int number_t;\nstruct x { int a; };\ntypedef const char *text_t;\n"
            + $"typedef void (*callback_t)(struct x *, const char *, ...);\n{text}\n"),
        Target = "x86_64-linux-gnu",
    });
}
