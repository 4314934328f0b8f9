using CsCheck;
using Faultline.AbiSources.Headers;

namespace Faultline.AbiSources.Tests;

/// <summary>Which commits changed what a finding names.</summary>
public sealed class BlameTests : IDisposable
{
    private readonly ToyKernel _kernel = new();

    public void Dispose() => _kernel.Dispose();

    private SideRequest Revision(string name) => new(name) { Tree = _kernel.Path, Target = "x86_64-linux-gnu" };

    private async Task<string> OfAsync(string subject, params string[] names)
    {
        var blame = await Blame.ReadAsync(
            Revision("v1"), Revision("main"), ["linux/toy.h", "asm/toy.h"], TestContext.Current.CancellationToken);
        var header = subject == "TOY_ARCH" ? "asm/toy.h" : "linux/toy.h";
        return string.Join(' ', blame.Of(header, subject, names).Select(commit => commit.Summary));
    }

    [Fact]
    public async Task Commits_are_known_by_the_lines_that_they_changed()
    {
        _kernel.Header("#define TOY_FLAG_A (1 << 0)\n#define TOY_FLAG_B (1 << 1)\nstruct toy { __u32 a; };\n");
        _kernel.Commit("flag");
        _kernel.Header("#define TOY_FLAG_A (1 << 0)\n#define TOY_FLAG_B (1 << 1)\nstruct toy {\n\t__u32 a;\n\t__u32 b;\n};\n");
        _kernel.Commit("field");
        _kernel.Header("/* TOY_FLAG_B of old */\n#define TOY_FLAG_C (1 << 1)\nstruct toy {\n\t__u32 a;\n\t__u32 b;\n};\n");
        _kernel.Write("arch/x86/include/uapi/asm/toy.h", "#define TOY_ARCH 87\n");
        _kernel.Commit("renamed");
        _kernel.Write("drivers/not-needed.c", "int TOY_FLAG_B;\n");
        _kernel.Commit("driver");

        Assert.Equal("renamed flag", await OfAsync("TOY_FLAG_B"));
        Assert.Equal("renamed", await OfAsync("TOY_FLAG_C"));
        Assert.Equal("renamed", await OfAsync("TOY_FLAG 1 << 1", "TOY_FLAG_C"));
        Assert.Equal("field", await OfAsync("struct toy"));
        Assert.Equal("field", await OfAsync("struct toy.b"));
        Assert.Equal("renamed", await OfAsync("TOY_ARCH"));
        Assert.Equal("", await OfAsync("TOY_NOWHERE"));
    }

    /// <summary>Commits that change other lines of the header have nothing to do with an include that is gone.</summary>
    [Theory]
    [InlineData("#include <linux/more.h>\n#define TOY 2\n", "#define TOY 2\n")]
    [InlineData("#include \"more.h\"\n#define TOY 2\n", "#define TOY 2\n")]
    [InlineData("#include <linux/more.h>\n#define TOY 2\n", "#ifdef NEVER\n#include <linux/more.h>\n#endif\n#define TOY 2\n")]
    public async Task An_include_is_known_by_its_line_or_its_condition(string with, string without)
    {
        void Commit(string text, string name)
        {
            _kernel.Header(text);
            _kernel.Commit(name);
        }
        Commit(with, "before");
        Commit(with.Replace("TOY 2", "TOY 3", StringComparison.Ordinal), "value");
        Commit(without, "out");
        Commit(without.Replace("TOY 2", "TOY 4", StringComparison.Ordinal), "later");
        var blame = await Blame.ReadAsync(Revision("before"), Revision("main"), ["linux/toy.h"], TestContext.Current.CancellationToken);
        Assert.Equal(["out"], blame.Of("linux/toy.h", "#include <linux/more.h>", "TOY").Select(commit => commit.Summary));
    }

    /// <summary>What is behind a pointer has its line in the record of the pointer.</summary>
    [Fact]
    public async Task A_field_behind_a_pointer_is_known_by_its_line()
    {
        const string text = "struct toy {\n\tstruct {\n\t\t__u32 a;\n\t} *p;\n\t__u32 b;\n};\n";
        _kernel.Header(text);
        _kernel.Commit("made");
        _kernel.Header(text.Replace("__u32 a", "__u64 a", StringComparison.Ordinal));
        _kernel.Commit("wider");
        _kernel.Header(text.Replace("__u32", "__u64", StringComparison.Ordinal));
        _kernel.Commit("other");
        var blame = await Blame.ReadAsync(Revision("made"), Revision("main"), ["linux/toy.h"], TestContext.Current.CancellationToken);
        Assert.Equal(["wider"], blame.Of("linux/toy.h", "struct toy.p->a").Select(commit => commit.Summary));
    }

    [Fact]
    public async Task What_only_the_record_tells_is_its_commits()
    {
        _kernel.Header("#define TOY_FLAG_A (1 << 0)\nstruct toy {\n\t__u32 z;\n\t__u32 a;\n};\n");
        _kernel.Commit("inserted");
        _kernel.Header("#define TOY_FLAG_A (1 << 3)\nstruct toy {\n\t__u32 z;\n\t__u32 a;\n};\n");
        _kernel.Commit("flag");
        Assert.Equal("inserted", await OfAsync("struct toy.moved"));
    }

    /// <summary>The line that opens the record is far above the change: git tells it beside the place.</summary>
    [Fact]
    public void A_record_is_known_from_the_place_of_the_change()
    {
        var log = new BlameLog($"{BlameLog.Mark}abc a \u001bsummary\n\n"
            + "diff --git a/include/uapi/linux/x.h b/include/uapi/linux/x.h\n--- a/include/uapi/linux/x.h\n+++ b/include/uapi/linux/x.h\n"
            + "@@ -10,3 +10,4 @@ struct long_one {\n \t__u32 a;\n+\t__u32 b;\n };\n+#define OUTSIDE 1\n");
        Assert.Equal([("abc", "a ?summary")], log.Of("linux/x.h", "struct long_one.b"));
        Assert.Equal([("abc", "a ?summary")], log.Of("linux/x.h", "OUTSIDE"));
        Assert.Empty(log.Of("linux/y.h", "struct long_one.b"));
    }

    /// <summary>A log is whatever its committers wrote.</summary>
    [Fact]
    public void Any_text_is_read_as_a_log()
    {
        string[] pieces =
        [
            BlameLog.Mark, "diff --git a/include/uapi/x.h b/include/uapi/x.h", "@@ -1 +1 @@", "@@ struct x {", "+struct x {", "-}", "+ ",
            " ", "\n", "\n", "\n", "abc", "+++ ", "/uapi/", "\r",
        ];
        Gen.Int[0, pieces.Length - 1].Array[0, 40].Select(which => string.Concat(which.Select(i => pieces[i])))
            .Sample(text => new BlameLog(text).Of("x.h", "struct x.a", "b") is not null, iter: 5000);
    }

    [Fact]
    public async Task A_revision_that_is_none_is_refused()
    {
        SideRequest Side(string name) => new(name) { Tree = _kernel.Path };
        await Assert.ThrowsAsync<SideException>(() =>
            Blame.ReadAsync(Side("v1"), Side("--all"), ["linux/toy.h"], TestContext.Current.CancellationToken));
        Assert.True(AbiSource.IsRevision(Side("v1")));
        Assert.False(AbiSource.IsRevision(new SideRequest(_kernel.Path)));
    }
}
