using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>Comments in the kernel's documentation format become the documentation of what they name.</summary>
[Trait("needs", "libclang")]
public sealed class KernelDocTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private AbiSpec Read(string text) =>
        HeaderExtractor.Extract(new() { Path = _directory.Write("sample.h", text), Target = "x86_64-linux-gnu" });

    [Fact]
    public void Record_and_its_fields()
    {
        var record = Read("""
            /**
             * struct span - a stretch of memory
             * @start: first byte, must be < @end & page aligned
             * @length: in bytes,
             *   never 0
             * @inner.deep: nested
             * @a, @b: both alike
             *
             * Of &struct span there are %MANY.
             *
             * More about it.
             */
            struct span {
                long start;
                long length; /* overruled */
                struct { int deep; } inner;
                int a, b;
                int c; /* its own */
            };
            """).Structs.Single();
        Assert.Equal("a stretch of memory\nOf struct span there are MANY.\nMore about it.", record.Doc);
        Assert.Equal(["first byte, must be < end & page aligned", "in bytes, never 0", "", "both alike", "both alike", "its own"],
            record.Fields.Select(field => field.Doc));
        Assert.Equal("nested", record.Fields[2].Inline!.Fields[0].Doc);
    }

    [Fact]
    public void Enum_and_its_members()
    {
        var item = Read("""
            /**
             * enum kind - kinds of things
             *
             * @KIND_NONE: none
             *
             * @KIND_SOME: some,
             *	over two lines
             *
             *	and a paragraph
             *
             * @KIND_GONE: no longer there
             */
            enum kind {
                KIND_NONE,
                /* keep this one here */
                KIND_SOME,
                KIND_LAST, /* its own */
            };
            """).Enums.Single();
        Assert.Equal("kinds of things", item.Doc);
        Assert.Equal("none", item.Members[0].Doc);
        Assert.Equal("some, over two lines\nand a paragraph", item.Members[1].Doc);
        Assert.Equal("its own", item.Members[2].Doc);
    }

    [Fact]
    public void Comment_of_one_member()
    {
        var fields = Read("""
            struct s {
                /** @a: above it */
                int a;
                /**
                 * @b: above it,
                 * on two lines
                 */
                int b;
            };
            """).Structs.Single().Fields;
        Assert.Equal(["above it", "above it, on two lines"], fields.Select(field => field.Doc));
    }

    /// <summary>A comment that only looks alike keeps its words.</summary>
    [Theory]
    [InlineData("/* struct s - plain */", "struct s - plain")]
    [InlineData("/** about it, a@b and 5% */", "about it, a@b and 5%")]
    [InlineData("/**/", "")]
    public void Other_comments_stay_as_they_are(string comment, string told) =>
        Assert.Equal(told, Read($"{comment}\nstruct s {{ int a; }};\n").Structs.Single().Doc);

    /// <summary>The header with the most of them: nearly every enumerator is documented there.</summary>
    [Fact]
    public void Most_of_nl80211_is_documented()
    {
        var members = HeaderExtractor.Extract(new() { Path = "/usr/include/linux/nl80211.h" }).Enums.SelectMany(item => item.Members)
            .ToList();
        var documented = members.Count(member => member.Doc.Length > 0);
        Assert.True(documented >= 1400, $"{documented} of {members.Count}");
    }
}
