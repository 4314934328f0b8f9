using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>What a text shows without a compiler.</summary>
public sealed class HeaderTextTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("/* b */ 0x1f 9lives _c2(d)e;", "_c2 b d e")]
    [InlineData("same same\nSame", "Same same")]
    public void Every_word_that_may_be_a_name_is_one(string text, string names) =>
        Assert.Equal(names, string.Join(' ', new HeaderText(text).Names.Identifiers.Order(StringComparer.Ordinal)));

    [Fact]
    public void What_it_shows_is_found_out_once()
    {
        var text = new HeaderText("#define CALL _IO('a', 1)\nenum { ONE = CALL };\n");
        Assert.Same(text.Names, text.Names);
        Assert.Same(text.Questions, text.Questions);
        Assert.Equal(["ONE"], text.Questions.Enumerators.Keys);
        Assert.Empty(text.Names.Questions.Enumerators); // another version has its own
        Assert.Equal(["CALL"], text.Names.Questions.Requests);
    }

    [Fact]
    [Trait("needs", "libclang")]
    public void The_model_is_the_same_whoever_read_the_text()
    {
        const string Source = "#define SIZE sizeof(long)\nstruct sample { long a; };\nenum { LAST = SIZE };\n";
        var request = new HeaderRequest { Path = _directory.Write("sample.h", Source) };
        var text = new HeaderText(Source);
        foreach (var target in new[] { "x86_64-linux-gnu", "i386-linux-gnu" })
        {
            Assert.Equal(AbiFile.Format(HeaderExtractor.Extract(request with { Target = target })),
                AbiFile.Format(HeaderExtractor.Extract(request with { Target = target, Text = text })));
        }
    }
}
