using Faultline.AbiExtractor.Stages;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>Requests that a header writes as enumerators.</summary>
[Trait("needs", "libclang")]
public sealed class EnumeratorRequestTests : IDisposable
{
    private const string Prelude = "#include <linux/types.h>\n#include <linux/ioctl.h>\nstruct wr { __u64 a, b; };\n";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private AbiSpec Extract(string text)
    {
        var path = _directory.Write("sample.h", Prelude + text);
        var spec = HeaderExtractor.Extract(new() { Path = path });
        Assert.Equal(spec, AbiFile.Parse(AbiFile.Format(spec)));
        return spec;
    }

    private static string Told(AbiSpec spec) => string.Join('\n', spec.Ioctls.Select(ioctl =>
        $"{(ioctl.Enumerator ? "" : "#")}{ioctl.Name} {ioctl.Direction} {(char)ioctl.Type} {ioctl.Number} {ioctl.Size} "
            + $"{ioctl.ArgumentType} 0x{ioctl.Code:x}"));

    [Theory]
    [InlineData("enum { A = _IOWR('b', 1, struct wr) };", "A ReadWrite b 1 16 struct wr 0xc0106201")]
    [InlineData("enum numbers { A = _IO('b', 1), B, C = _IOW('b', 3, __u32[2]), };",
        "A None b 1 0 void 0x6201\nC Write b 3 8 u32[2] 0x40086203")]
    [InlineData("typedef enum { A = (_IOR('b', 2,\n\t/* why, = not (\n */ __s64)) } numbers;", "A Read b 2 8 s64 0x80086202")]
    [InlineData("#define FZ(nr, t) _IOW('f', nr, t)\nenum { A = FZ(3, int), B = _IOC(_IOC_NONE, 'f', 1 << 2, 0) };",
        "A Write f 3 4 s32 0x40046603\nB None f 4 0 void 0x6604")]
    [InlineData("#define CODE _IO('b', 9)\nenum { A = CODE };", "A None b 9 0 void 0x6209\n#CODE None b 9 0 void 0x6209")]
    [InlineData("enum { A = _IO(',', 1), B = _IO('}', 2), C = _IO('\"', 3) };",
        "A None , 1 0 void 0x2c01\nB None } 2 0 void 0x7d02\nC None \" 3 0 void 0x2203")]
    [InlineData("struct s { enum { A = _IO('b', 1) } kind; };", "A None b 1 0 void 0x6201")]
    [InlineData("enum {\n#if 1\n\tA = _IO('b', 1),\n#else\n\tA = _IO('b', 2),\n#endif\n};", "A None b 1 0 void 0x6201")]
    [InlineData("enum {\n#if 0\n\tNEVER = EVIL(1),\n#endif\n\tA = _IO('b', 1),\n};\n#define EVIL(x) } ; {", "A None b 1 0 void 0x6201")]
    [InlineData("enum { A = _IO('b', 1),\n#define A A\n};", "A None b 1 0 void 0x6201")]
    [InlineData("enum { A = 1 };\n#define A _IO('b', 1)", "#A None b 1 0 void 0x6201")]
    public void Are_requests_of_the_model(string text, string expected) => Assert.Equal(expected, Told(Extract(text + "\n")));

    [Theory]
    [InlineData("#define A _IOW('b', 1, __be32)", "__be32")]
    [InlineData("#define A _IOW('b', 1, __le16[3])", "__le16[3]")]
    [InlineData("typedef __be64 address;\n#define A _IOR('b', 1, address)", "address")]
    [InlineData("enum { A = _IOWR('b', 1, __be32) };", "__be32")]
    [InlineData("#define A _IOW('b', 1, __u32)", "unsigned int")]
    [InlineData("typedef __u32 word;\n#define A _IOW('b', 1, word)", "unsigned int")]
    [InlineData("struct o { __be32 a; };\n#define A _IOW('b', 1, struct o)", "struct o")]
    [InlineData("#define A _IOW('b', 1, __be32 *)", "unsigned int *")]
    public void Arguments_keep_the_order_of_their_bytes(string text, string argument) =>
        Assert.Equal(argument, Assert.Single(Extract(text + "\n").Ioctls).Argument);

    [Theory]
    [InlineData("enum { A = 5, B = A, C = -1, D = sizeof(struct wr), E = (1 << 3) | 2 };")]
    [InlineData("#define BIT(n) (1U << (n))\nenum { A = BIT(3), B = (BIT(1)) };")]
    [InlineData("enum { C = (int)_IO('b', 1), D = _IO('b', 1) + 1, E = _IOC_NR(0x6203) };")]
    [InlineData("#define ALL enum { A = _IO('b', 1) }\nALL;")]
    public void A_number_that_is_computed_is_none(string text)
    {
        var spec = Extract(text + "\n");
        Assert.Empty(spec.Ioctls);
        Assert.NotEmpty(Assert.Single(spec.Enums).Members);
    }

    /// <summary>The enum is what C says it is, and its place and comments are the request's.</summary>
    [Fact]
    public void The_enum_keeps_them()
    {
        var spec = Extract("enum fz {\n\tFIRST = 1,\n\t/* Does it. */\n\tA = _IOWR('b', 1, struct wr),\n};\n#define AFTER 1\n");
        Assert.Equal(["FIRST=1", "A=3222299137"], Assert.Single(spec.Enums).Members.Select(member => $"{member.Name}={member.Value}"));
        var request = Assert.Single(spec.Ioctls);
        Assert.Equal("Does it.", request.Doc);
        Assert.Equal("sample.h:7", spec.Locations.Single(location => location.Name == "A").At);
        Assert.Equal("AFTER", Assert.Single(spec.Constants).Name);
    }

    /// <summary>Nearly every header is parsed once: what its text tells is what the compiler sees.</summary>
    [Fact]
    public void The_text_tells_their_values() => Assert.Equal(
        ["A=_IOWR('b', 1, struct x)", "B=(F(2) << 3)", "C=D"],
        EnumeratorGuess.Read(
            "/* enum { X = _IO(1) } */ enum x { A = _IOWR('b', 1, struct x), /* , = */ N = 1,\n#define Q f(1)\n B = (F(2) << 3), PLAIN };\n"
            + "enum y f(enum y a) { int v = g(a); return h(v), v = k(1); }\nenum __attribute__((packed)) { C = D }; enum { OPEN = (1")
            .Select(enumerator => $"{enumerator.Name}={enumerator.Expression}"));
}
