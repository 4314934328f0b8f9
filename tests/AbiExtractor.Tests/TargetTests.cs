using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>The same header on machines that lay it out differently. Expected numbers: the System V ABI supplement of each.</summary>
[Trait("needs", "libclang")]
public sealed class TargetTests
{
    private const string Source = """
        struct sample {
            char first;
            unsigned long long wide;
            long word;
            void *pointer;
            char last;
        };
        """;

    [Theory]
    [InlineData("x86_64-linux-gnu", 8, 40, 8, 8, "s8")]
    [InlineData("i386-linux-gnu", 4, 24, 4, 4, "s8")]
    [InlineData("aarch64-linux-gnu", 8, 40, 8, 8, "u8")]
    [InlineData("arm-linux-gnueabihf", 4, 32, 8, 8, "u8")]
    [InlineData("riscv64-linux-gnu", 8, 40, 8, 8, "u8")]
    [InlineData("mips-linux-gnu", 4, 32, 8, 8, "s8")]
    [InlineData("powerpc64le-linux-gnu", 8, 40, 8, 8, "u8")]
    [InlineData("s390x-linux-gnu", 8, 40, 8, 8, "u8")]
    public void Layout_is_the_targets(string target, int pointer, int size, int align, int wideOffset, string character)
    {
        using var directory = new TemporaryDirectory();
        var spec = HeaderExtractor.Extract(new() { Path = directory.Write("sample.h", Source), Target = target });
        var sample = Assert.Single(spec.Structs);
        Assert.Equal(target, spec.Target);
        Assert.Equal(pointer, spec.PointerSize);
        Assert.Equal((size, align), (sample.Size, sample.Align));
        Assert.Equal(wideOffset, sample.Fields[1].Offset);
        Assert.Equal(TypeRef.Integer(pointer, signed: true), sample.Fields[2].Type);
        Assert.Equal(character, sample.Fields[0].Type.ToString());
    }

    [Fact]
    public void Direction_bits_are_those_of_the_targets_own_header()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("linux/types.h", "");
        // As arch/mips/include/uapi/asm/ioctl.h has it: three direction bits, and none is not zero.
        directory.Write("linux/ioctl.h", """
            #define _IOC_NONE 1U
            #define _IOC_READ 2U
            #define _IOC_WRITE 4U
            #define _IOC(dir, type, nr, size) (((dir) << 29) | ((type) << 8) | (nr) | ((size) << 16))
            #define _IOC_TYPECHECK(t) (sizeof(t))
            #define _IO(type, nr) _IOC(_IOC_NONE, (type), (nr), 0)
            #define _IOW(type, nr, size) _IOC(_IOC_WRITE, (type), (nr), (_IOC_TYPECHECK(size)))
            """);
        var spec = HeaderExtractor.Extract(new() { Path = directory.Write("linux/x.h", "#define X_NONE _IO('x', 1)\n#define X_WRITE _IOW('x', 2, int)\n"), Target = "mips-linux-gnu" });
        Assert.Equal(IoctlDirection.None, spec.Ioctls[0].Direction);
        Assert.Equal(0x20007801u, spec.Ioctls[0].Code);
        Assert.Equal(IoctlDirection.Write, spec.Ioctls[1].Direction);
        Assert.Equal(0x80047802u, spec.Ioctls[1].Code);
    }
}
