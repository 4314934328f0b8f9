using Faultline.AbiExtractor.Tests;
using Faultline.AbiSources.Headers.Untouched;

namespace Faultline.AbiSources.Tests.Headers.Untouched;

/// <summary>A header is left unread only where nothing that differs in what it includes can say anything to it.</summary>
public sealed class UntouchedHeadersTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>Whether <c>linux/a.h</c> is untouched, which includes <c>linux/b.h</c> and <c>linux/c.h</c>.</summary>
    private bool IsUntouched(string old, string current, string header, string between = "", params string[] defines)
    {
        foreach (var (side, text) in new[] { ("old", old), ("new", current) })
        {
            _directory.Write($"{side}/linux/a.h", $"#include <linux/b.h>\n#include <linux/c.h>\n{header}\n");
            _directory.Write($"{side}/linux/b.h", text);
            _directory.Write($"{side}/linux/c.h", between);
            _directory.Write($"{side}/linux/d.h", "#define FROM_D 1\n");
        }
        return Untouched(defines).ChangedAround("linux/a.h") is not null;
    }

    private UntouchedHeaders Untouched(params string[] defines) => new(Reach("old"), Reach("new"), defines);

    private IncludeReach Reach(string side) =>
        Path.Combine(_directory.Path, side) is var root ? new(root, [root, Path.Combine(_directory.Path, "library")]) : null!;

    [Theory]
    [InlineData("", "#define N 1\n", "#define A 1")]
    [InlineData("#define N 1\n", "#define N 2\n", "#define A NN")]
    [InlineData("struct n { int x; };\n", "struct n { long x; };\n", "struct a { int y; };")]
    [InlineData("", "struct n { __u32 x; };\n", "struct a { __u32 y; };")]
    [InlineData("", "typedef unsigned __int128 n __attribute__((aligned(16)));\n", "struct a { int y; } __attribute__((aligned(8)));")]
    [InlineData("", "#ifndef N\n#define N(m)\n#endif\n", "struct a { int y; };")]
    [InlineData("#ifndef G\n#define G\n#endif\n", "#ifndef G\n#define G\nenum { N };\n#endif\n", "#define A 1")]
    [InlineData("/* N */ typedef int t;\n", "typedef   int t; // A\n", "#define A N")]
    [InlineData("#ifdef X\nextern \"C\" {\n#endif\n#ifdef X\n}\n#endif\n",
        "#ifdef X\nextern \"C\" {\n#endif\n#define N 1\n#ifdef X\n}\n#endif\n", "#define A 1")]
    [InlineData("static inline int f(void)\n{\n\treturn 1;\n}\n", "static inline int f(void)\n{\n\treturn 2;\n}\n", "#define A 1")]
    public void What_nobody_names_touches_nothing(string old, string current, string header)
    {
        Assert.True(IsUntouched(old, current, header));
        Assert.True(IsUntouched(current, old, header));
    }

    [Theory]
    [InlineData("#define N 1\n", "#define N 2\n", "#define A N")]
    [InlineData("", "#define N 1\n", "#ifdef N\n#define A 1\n#endif")]
    [InlineData("struct n { int x; };\n", "struct n { long x; };\n", "struct a { struct n n; };")]
    [InlineData("enum n { E };\n", "enum n { F, E };\n", "#define A E")]
    [InlineData("typedef unsigned int __u32;\n", "typedef unsigned long __u32;\n", "struct a { __u32 y; };")]
    [InlineData("typedef long n_t;\n", "typedef long long n_t;\n", "struct a { n_t y; };")]
    [InlineData("struct n { int x; }\n;\n", "struct n { int x; }\n__attribute__((packed));\n", "struct a { struct n n; };")]
    [InlineData("typedef int n;\n", "#ifdef Q\ntypedef int n;\n#endif\n", "struct a { n y; };")]
    [InlineData("#ifdef Q\ntypedef int n;\n#endif\n", "#ifdef Q\n#else\ntypedef int n;\n#endif\n", "struct a { n y; };")]
    [InlineData("#define N 1\n#undef N\n", "#undef N\n#define N 1\n", "#ifdef N\n#define A 1\n#endif")]
    [InlineData("", "#pragma pack(1)\n", "struct a { char c; int y; };")]
    [InlineData("", "#error none\n", "#define A 1")]
    [InlineData("", "#include <linux/d.h>\n", "#define A FROM_D")]
    [InlineData("struct n {\n#ifdef Q\nint x; };\n#else\nlong x; };\n#endif\n",
        "struct n {\n#ifdef Q\nint x; };\n#else\nint x; };\n#endif\n",
        "struct a { struct n n; };")]
    [InlineData("struct n {\n#define N 1\nint x; };\n", "struct n {\n#define N 2\nint x; };\n", "#define A N")]
    [InlineData("#define \\\nN 1\n", "#define \\\nN 2\n", "#define A N")]
    [InlineData("", "#define inline\n", "static inline int a(void) { return 1; }")]
    public void What_the_header_names_touches_it(string old, string current, string header)
    {
        Assert.False(IsUntouched(old, current, header));
        Assert.False(IsUntouched(current, old, header));
    }

    [Fact]
    public void What_another_header_names_in_between_touches_it() =>
        Assert.False(IsUntouched("#define N 1\n", "#define N 2\n", "#define A C", "#define C N\n"));

    [Fact]
    public void A_name_that_is_pasted_together_counts()
    {
        Assert.False(IsUntouched("", "#define N_ONE 1\n", "#define OF(x) N_ ## x\n#define A OF(ONE)"));
        Assert.True(IsUntouched("", "#define N_ONE 1\n", "#define OF(x) N_ ## x\n#define A OF(TWO)"));
        Assert.False(IsUntouched("", "#define N_ONE_X 1\n", "#define OF(x) N_ ## x ## _X\n#define A OF(ONE)"));
    }

    [Fact]
    public void A_macro_that_somebody_defines_before_counts() =>
        Assert.False(IsUntouched("#define N 1\n", "#define N 2\n", "#define A B", "", "B=N"));

    [Fact]
    public void What_writes_the_differing_code_anew_counts() =>
        Assert.False(IsUntouched("", "typedef struct __u32 *n;\n", "#define A 1", "#define __u32 nothing\n"));

    [Fact]
    public void A_header_of_the_library_that_leads_back_counts()
    {
        _directory.Write("library/sys/x.h", "#include <linux/b.h>\n#define X N\n");
        Assert.False(IsUntouched("#define N 1\n", "#define N 2\n", "#define A X", "#include <sys/x.h>\n"));
        _directory.Write("library/sys/x.h", "#define X 1\n");
        Assert.True(IsUntouched("#define N 1\n", "#define N 2\n", "#define A X", "#include <sys/x.h>\n"));
    }

    [Fact]
    public void Includes_that_cannot_be_followed_leave_it_in_doubt() =>
        Assert.False(IsUntouched("", "#define N 1\n", "#define A 1", "#include SOMETHING\n"));

    [Fact]
    public void Comments_of_the_header_itself_say_nothing()
    {
        Assert.True(IsUntouched("", "", "#define A 1"));
        _directory.Write("new/linux/a.h", "#include <linux/b.h>\n#include <linux/c.h>\n#define A  1 /* one */\n");
        Assert.NotNull(Untouched().ChangedAround("linux/a.h"));
        _directory.Write("new/linux/a.h", "#include <linux/b.h>\n#include <linux/c.h>\n#define A 2 /* one */\n");
        Assert.Null(Untouched().ChangedAround("linux/a.h"));
    }

    [Fact]
    public void What_differs_is_told_by_its_header()
    {
        Assert.True(IsUntouched("", "#define N 1\n", "#define A 1", "/* c */\n"));
        Assert.Equal(["linux/b.h"], Untouched().ChangedAround("linux/a.h"));
    }
}
