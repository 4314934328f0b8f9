using Faultline.AbiDiff;
using Faultline.AbiExtractor.Tests;
using Faultline.AbiModel;
using Faultline.AbiSources.Headers;

namespace Faultline.AbiSources.Tests.Headers;

/// <summary>A header that no longer includes another, and what a program lacks for that.</summary>
[Trait("needs", "libclang")]
public sealed class IncludeComparisonTests : IDisposable
{
    private const string Told = "include-dropped #include <linux/b.h>: was B_ONE, b_t, struct b";

    private readonly TemporaryDirectory _old = new();
    private readonly TemporaryDirectory _new = new();

    public IncludeComparisonTests()
    {
        foreach (var side in new[] { _old, _new })
        {
            side.Write("linux/types.h", "");
            side.Write("linux/b.h",
                "#ifndef LINUX_B_H\n#define LINUX_B_H\n#define B_ONE 1\ntypedef int b_t;\nstruct b { b_t x; };\n#endif\n");
        }
        _old.Write("linux/a.h", "#include <linux/b.h>\n#define A 1\n");
    }

    public void Dispose()
    {
        _old.Dispose();
        _new.Dispose();
    }

    [Fact]
    public async Task Names_that_came_with_an_include_are_missed()
    {
        _new.Write("linux/a.h", "#define A 1\n");
        Assert.Equal([Told], await AllAsync());
        Assert.Equal([Told], await OneAsync());
    }

    /// <summary>However the include is written, and whatever took it out.</summary>
    [Theory]
    [InlineData("#include \"b.h\"\n", "")]
    [InlineData("#include \"../linux/b.h\"\n", "")]
    [InlineData("#include \"linux/b.h\"\n", "")]
    [InlineData("#include <linux/./b.h>\n", "")]
    [InlineData("#include \\\n<linux/b.h>\n", "")]
    [InlineData("#inc\\\nlude \"b.h\"\n", "")]
    [InlineData("#include /* why */ <linux/b.h>\n", "")]
    [InlineData("#include <linux/b.h>\n", "/*\n#include <linux/b.h>\n*/\n")]
    [InlineData("#include <linux/b.h>\n", "//\\\n#include <linux/b.h>\n")]
    [InlineData("#define C \"/*\"\n#include <linux/b.h>\n", "#define C \"/*\"\n")]
    [InlineData("#include <linux/b.h>\n", "/* a */ /*\n#include <linux/b.h>\n*/\n")]
    public async Task An_include_of_any_form_is_missed(string was, string now)
    {
        _old.Write("linux/a.h", was + "#define A 1\n");
        _new.Write("linux/a.h", now + "#define A 1\n");
        Assert.Equal([Told], await OneAsync());
    }

    /// <summary>The same header, written otherwise, and a comment in front of one that stays.</summary>
    [Theory]
    [InlineData("#include \"b.h\"\n", "#include <linux/b.h>\n")]
    [InlineData("#include <linux/b.h>\n", "#include \"../linux/b.h\"\n")]
    [InlineData("#include <linux/b.h>\n", "#include <linux/./b.h>\n")]
    [InlineData("#include <linux/b.h>\n", "#include \\\n<linux/b.h>\n")]
    [InlineData("#include <linux/b.h>\n", "/* a */ #include <linux/b.h> /* b */\n")]
    [InlineData("/*\n#include <linux/b.h>\n*/\n", "")]
    public async Task The_same_include_in_another_form_is_not_missed(string was, string now)
    {
        _old.Write("linux/a.h", was + "#define A 1\n");
        _new.Write("linux/a.h", now + "#define A 1\n");
        Assert.Empty(await OneAsync());
    }

    /// <summary>The line is there, and nobody reads it.</summary>
    [Theory]
    [InlineData("#ifdef NEVER\n#include <linux/b.h>\n#endif\n")]
    [InlineData("#if 0\n#include <linux/b.h>\n#endif\n")]
    [InlineData("#include <linux/types.h>\n#ifdef WITH_B\n#include \"b.h\"\n#endif\n")]
    public async Task An_include_that_a_condition_leaves_out_is_missed(string now)
    {
        _new.Write("linux/a.h", now + "#define A 1\n");
        Assert.Equal([Told], await AllAsync());
        Assert.Equal([Told], await OneAsync());
        Assert.Equal([Told], await DirectAsync());
    }

    /// <summary>A condition that is another on the two sides, in a header whose text is the same.</summary>
    [Fact]
    public async Task A_condition_that_no_longer_holds_is_seen()
    {
        foreach (var side in new[] { _old, _new })
            side.Write("linux/a.h", "#include <linux/types.h>\n#ifdef WITH_B\n#include <linux/b.h>\n#endif\n");
        _old.Write("linux/types.h", "#define WITH_B 1\n");
        Assert.Contains(Told, await AllAsync());
    }

    /// <summary>A condition that holds drops nothing.</summary>
    [Fact]
    public async Task An_include_under_a_condition_that_holds_is_not_missed()
    {
        _new.Write("linux/a.h", "#ifndef NEVER\n#include <linux/b.h>\n#endif\n#define A 1\n");
        Assert.Empty(await AllAsync());
        Assert.Empty(await DirectAsync());
    }

    /// <summary>Another header gives the same names, and means something else by them.</summary>
    [Theory]
    [InlineData("#define B_ONE 1\ntypedef int b_t;\nstruct b { int x; };\n", "")]
    [InlineData("#define B_ONE 2\ntypedef int b_t;\nstruct b { int x; };\n", "constant-changed B_ONE: 1 -> 2")]
    [InlineData("#define B_ONE 1\ntypedef short b_t;\nstruct b { int x; };\n", "typedef-changed b_t: int, 4 bytes -> short, 2 bytes")]
    [InlineData("#define B_ONE 1\ntypedef int b_t;\nstruct b { int y; };\n", "field-renamed struct b.x: x -> y")]
    [InlineData("#define B_ONE 1\nstruct b { int x; };\n", "include-dropped #include <linux/b.h>: was b_t")]
    public async Task An_include_that_another_one_took_the_place_of(string other, string told)
    {
        string[] expected = told.Length == 0 ? [] : [told];
        foreach (var side in new[] { _old, _new })
            side.Write("linux/other.h", other);
        _new.Write("linux/a.h", "#include <linux/other.h>\n#define A 1\n");
        Assert.Equal(expected, await AllAsync());
        Assert.Equal(expected, await OneAsync());
        Assert.Equal(expected, await DirectAsync());
    }

    /// <summary>Two files are compared as the same header of two directories is.</summary>
    [Theory]
    [InlineData("#include <linux/b.h>\n", "")]
    [InlineData("#include \"b.h\"\n", "// #include \"b.h\"\n")]
    public async Task Headers_that_are_named_by_their_paths_are_read_so_too(string was, string now)
    {
        _old.Write("linux/a.h", was + "#define A 1\n");
        _new.Write("linux/a.h", now + "#define A 1\n");
        Assert.Equal([Told], await DirectAsync());
        _old.Write("linux/x.h", now + "#define A 1\n");
        Assert.Equal([Told], await DirectAsync(Path.Combine(_old.Path, "linux/x.h")));
    }

    /// <summary>Headers of no directory that a compiler looks into.</summary>
    [Fact]
    public async Task Headers_next_to_each_other_are_found()
    {
        foreach (var side in new[] { _old, _new })
            side.Write("apart/b.h", "#define B_ONE 1\n");
        File.Delete(Path.Combine(_old.Path, "linux/types.h"));
        File.Delete(Path.Combine(_new.Path, "linux/types.h"));
        var (old, current) = (_old.Write("apart/a.h", "#include \"b.h\"\n"), _new.Write("apart/a.h", "#define A 1\n"));
        Assert.Equal(["constant-added A: 1", "include-dropped #include <b.h>: was B_ONE"], await DirectAsync(current, old));
    }

    /// <summary>One finding for a header, whatever it lost.</summary>
    [Fact]
    public async Task Several_includes_are_told_together()
    {
        _old.Write("linux/c.h", "#define C_ONE 1\n#define C_TWO 1\n#define C_THREE 1\nenum c { C_FOUR };\n");
        _new.Write("linux/c.h", "#define C_ONE 1\n#define C_TWO 1\n#define C_THREE 1\nenum c { C_FOUR };\n");
        _old.Write("linux/a.h", "#include <linux/b.h>\n#include <linux/c.h>\n#define A 1\n");
        _new.Write("linux/a.h", "#define A 1\n");
        Assert.Equal(["include-dropped #include <linux/b.h>, <linux/c.h>: was B_ONE, C_FOUR, C_ONE, C_THREE, C_TWO and 3 more"],
            await AllAsync());
    }

    /// <summary>The include is elsewhere, the names are, or they were never there.</summary>
    [Theory]
    [InlineData("#include <linux/through.h>\n#define A 1\n")]
    [InlineData("#include \"b.h\"\n#define A 1\n")]
    [InlineData("# include <linux/b.h>\n#define A 1\n")]
    [InlineData("#define A 1\n#define B_ONE 1\ntypedef int b_t;\nstruct b { b_t x; };\n")]
    public async Task Names_that_are_still_reached_are_not_missed(string text)
    {
        _new.Write("linux/through.h", "#include <linux/b.h>\n");
        _old.Write("linux/through.h", "#include <linux/b.h>\n");
        _new.Write("linux/a.h", text);
        Assert.DoesNotContain(await AllAsync(), change => change.StartsWith("include-dropped", StringComparison.Ordinal));
    }

    /// <summary>That is told of the included header itself.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("#define OTHER 1\n")]
    public async Task A_header_that_is_gone_or_empty_is_told_itself(string? text)
    {
        File.Delete(Path.Combine(_new.Path, "linux/b.h"));
        if (text is not null)
            _new.Write("linux/b.h", text);
        _new.Write("linux/a.h", "#define A 1\n");
        Assert.DoesNotContain(await AllAsync(), change => change.StartsWith("include-dropped", StringComparison.Ordinal));
    }

    /// <summary>Only the header that dropped it, and not all that include that one.</summary>
    [Fact]
    public async Task Who_includes_the_header_is_not_told_again()
    {
        _old.Write("linux/outer.h", "#include <linux/a.h>\n#define OUTER 1\n");
        _new.Write("linux/outer.h", "#include <linux/a.h>\n#define OUTER 2\n");
        _new.Write("linux/a.h", "#define A 1\n");
        Assert.Equal(["constant-changed OUTER: 1 -> 2", Told], await AllAsync());
    }

    [Fact]
    public async Task A_new_include_is_nothing_to_tell()
    {
        _new.Write("linux/a.h", "#include <linux/b.h>\n#include <linux/types.h>\n#define A 1\n");
        Assert.Empty(await AllAsync());
    }

    private async Task<List<string>> DirectAsync(string? now = null, string? was = null)
    {
        SideRequest Of(string path) => new(path) { Target = "x86_64-linux-gnu" };
        var (old, current) = await AbiSource.LoadPairAsync(Of(was ?? Path.Combine(_old.Path, "linux/a.h")),
            Of(now ?? Path.Combine(_new.Path, "linux/a.h")), TestContext.Current.CancellationToken);
        return [.. AbiDiffer.Compare(old, current, out _).Select(change => change.ToString()).Order(StringComparer.Ordinal)];
    }

    private async Task<List<string>> AllAsync()
    {
        var request = new SideRequest("x") { Target = "x86_64-linux-gnu" };
        using var old = await AbiSource.OpenHeadersAsync(request with { Name = _old.Path }, TestContext.Current.CancellationToken);
        using var current = await AbiSource.OpenHeadersAsync(request with { Name = _new.Path }, TestContext.Current.CancellationToken);
        var sweep = await HeaderSweep.ReadAsync(old, current, request, TestContext.Current.CancellationToken);
        return [.. sweep.Pairs.SelectMany(pair => AbiDiffer.Compare(pair, out _)).Select(change => change.ToString())
            .Order(StringComparer.Ordinal)];
    }

    private async Task<List<string>> OneAsync()
    {
        var request = new SideRequest("x") { Target = "x86_64-linux-gnu", Header = "linux/a.h" };
        var (old, current) = await AbiSource.LoadPairAsync(
            request with { Name = _old.Path }, request with { Name = _new.Path }, TestContext.Current.CancellationToken);
        return [.. AbiDiffer.Compare(new AbiPair("linux/a.h", old, current), out _).Select(change => change.ToString())];
    }
}
