using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>Headers as they stand in a kernel's tree, and not as it exports them.</summary>
[Trait("needs", "libclang")]
public sealed class RawHeaderTests : IDisposable
{
    private const string Exported = """
        struct raw_io { void *buffer; const char *name; unsigned char kind; unsigned int length; } __attribute__((packed));
        typedef int raw_flags_t;
        #define RAW_SYNC ((raw_flags_t)0x2)
        unsigned int raw_hash(const void *key, unsigned int length);
        """;

    private const string Raw = """
        struct raw_io { void __user *buffer; const char __iomem *name; unsigned char kind; unsigned int length; } __packed;
        typedef int raw_flags_t;
        #define RAW_SYNC ((__force raw_flags_t)0x2)
        unsigned int __attribute_const__ raw_hash(const void __user *key, unsigned int length);
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private AbiSpec Read(string text, params string[] defines) => HeaderExtractor.Extract(
        new() { Path = _directory.Write("raw.h", text), Target = "x86_64-linux-gnu", Defines = defines });

    [Fact]
    public void The_kernel_s_annotations_mean_nothing_to_programs()
    {
        var spec = Read(Raw);
        // Only how the macro is written is kept as it is written.
        Assert.Equal(AbiFile.Format(Read(Exported)), AbiFile.Format(spec).Replace("__force ", "", StringComparison.Ordinal));
        Assert.Equal(21, Assert.Single(spec.Structs).Size);
    }

    [Theory]
    [InlineData("#define __user\n#define __packed __attribute__((packed))\n")]
    [InlineData("#ifndef __packed\n#define __packed\n#endif\n")]
    public void A_header_that_defines_them_itself_is_read_with_its_own(string definitions) =>
        Assert.Equal(21, Assert.Single(Read(definitions + Raw).Structs).Size);

    [Fact]
    public void Whoever_defines_them_is_asked_first() =>
        Assert.Equal(24, Assert.Single(Read(Raw, "__packed=").Structs).Size);
}
