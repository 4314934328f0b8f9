using Faultline.AbiExtractor.Tests;

namespace Faultline.AbiEmit.Tests.Languages;

/// <summary>What a language cannot say is told in a comment, and nothing stands in for it.</summary>
[Trait("needs", "libclang")]
public sealed class LeftOutTests
{
    private const string Header = """
        #include <linux/ioctl.h>
        #define KEY(n) _IOR('K', (n), int)
        #define MASKED(n) _IO('K', (n) & 3)
        #define SINGLE 1.5f
        #define WHOLE 2.0f
        #define DOUBLE 3.0
        #define LIMIT (__builtin_inf())
        #define NONE (__builtin_nan(""))
        """;

    private static string In(string language)
    {
        using var directory = new TemporaryDirectory();
        return Emitted.In(language, Emitted.Model(directory.Write("left.h", Header))!);
    }

    [Theory]
    [InlineData("c", "#define KEY(n) (")]
    [InlineData("rust", "pub const fn KEY(n: u32) -> u32 {")]
    [InlineData("go", "func KEY(n uint32) uint32 {")]
    public void Requests_of_a_number_are_there_and_others_are_named(string language, string made)
    {
        var code = In(language);
        Assert.Contains(made, code, StringComparison.Ordinal);
        Assert.Contains("// Left out: MASKED(…), whose request is not told by numbers alone.\n", code, StringComparison.Ordinal);
        Assert.DoesNotContain("Left out: KEY", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Go_has_no_text_in_place_of_a_number()
    {
        var code = In("go");
        Assert.Contains("// Left out: LIMIT is ", code, StringComparison.Ordinal);
        Assert.Contains("// Left out: NONE is ", code, StringComparison.Ordinal);
        Assert.DoesNotContain("LIMIT =", code, StringComparison.Ordinal);
        Assert.DoesNotContain("NONE =", code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task C_keeps_the_type_of_a_floating_point_number()
    {
        using var directory = new TemporaryDirectory();
        var facts = """

            _Static_assert(_Generic(SINGLE, float: 1, default: 0) && SINGLE == 1.5f, "");
            _Static_assert(_Generic(WHOLE, float: 1, default: 0) && WHOLE == 2.0f, "");
            _Static_assert(_Generic(DOUBLE, double: 1, default: 0) && DOUBLE == 3.0, "");
            """;
        await Compiler.RunAsync("gcc", "-std=gnu17", "-Wall", "-fsyntax-only", directory.Write("emitted.h", In("c") + facts + "\n"));
    }
}
