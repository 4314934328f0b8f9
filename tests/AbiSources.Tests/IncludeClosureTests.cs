using Faultline.AbiExtractor.Tests;
using Faultline.AbiSources.Headers;

namespace Faultline.AbiSources.Tests;

/// <summary>A fingerprint follows every include, however it is spelled, or there is none.</summary>
public sealed class IncludeClosureTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private string? Fingerprint(string include, string included)
    {
        _directory.Write("root/linux/a.h", $"# include {include} /* all of it */\n");
        _directory.Write("root/linux/b.h", included);
        _directory.Write("root/asm/c.h", included);
        _directory.Write("outside.h", included);
        return new IncludeClosure(Path.Combine(_directory.Path, "root")).Fingerprint("linux/a.h");
    }

    [Theory]
    [InlineData("<linux/b.h>")]
    [InlineData("\"b.h\"")]
    [InlineData("\"./b.h\"")]
    [InlineData("\"../asm/c.h\"")]
    [InlineData("<linux/../asm/c.h>")]
    public void What_an_include_holds_counts(string include)
    {
        Assert.NotNull(Fingerprint(include, "1"));
        Assert.Equal(Fingerprint(include, "1"), Fingerprint(include, "1"));
        Assert.NotEqual(Fingerprint(include, "1"), Fingerprint(include, "2"));
    }

    [Fact]
    public void Includes_that_go_round_end() => Assert.NotEqual(Fingerprint("\"b.h\"", "#include \"./a.h\"\n"), Fingerprint("\"b.h\"", "#include \"../linux/a.h\"\n"));

    [Theory]
    [InlineData("HEADER")]
    [InlineData("/* which */ HEADER")]
    [InlineData("\"../../outside.h\"")]
    public void Include_that_cannot_be_followed_has_no_fingerprint(string include)
    {
        Assert.Null(Fingerprint(include, ""));
        Assert.Null(Fingerprint("\"b.h\"", $"#include {include}\n"));
    }
}
