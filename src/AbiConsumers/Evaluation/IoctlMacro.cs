using System.Numerics;

namespace Faultline.AbiConsumers.Evaluation;

/// <summary>The macros that make ioctl requests, in the encoding most architectures share (asm-generic/ioctl.h).</summary>
internal sealed record IoctlMacro(string Name, int Direction, bool TakesArgument, bool TakesDirection)
{
    /// <summary>The architectures with another encoding; a request cannot be computed for them here.</summary>
    private static readonly string[] OtherEncodings = ["mips", "powerpc", "ppc", "sparc", "alpha", "hppa", "parisc"];

    private static readonly IoctlMacro[] All =
    [
        new("_IO", 0, TakesArgument: false, TakesDirection: false),
        new("_IOW", 1, TakesArgument: true, TakesDirection: false),
        new("_IOR", 2, TakesArgument: true, TakesDirection: false),
        new("_IOWR", 3, TakesArgument: true, TakesDirection: false),
        new("_IOC", 0, TakesArgument: true, TakesDirection: true),
    ];

    /// <summary>The macro as C has it, or as languages without macros name their function: <c>IOCTL.IOWR</c> in Zig.</summary>
    public static IoctlMacro? Find(string name) => Array.Find(All, macro => macro.Name == name || macro.Name.AsSpan(1).SequenceEqual(name));

    /// <summary>The macro behind a function of rustix (<c>opcode::read_write</c>) or a macro of nix (<c>request_code_readwrite!</c>).</summary>
    public static IoctlMacro? FindInRust(string scope, string name) => (scope, name) switch
    {
        ("opcode", "none") or (_, "request_code_none") => All[0],
        ("opcode", "write") or (_, "request_code_write") => All[1],
        ("opcode", "read") or (_, "request_code_read") => All[2],
        ("opcode", "read_write") or (_, "request_code_readwrite") => All[3],
        _ => null,
    };

    public static bool HoldsFor(string target) => !Array.Exists(OtherEncodings, prefix => target.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The request's number; null when a part is too large for its bits.</summary>
    public static BigInteger? Encode(BigInteger direction, BigInteger type, BigInteger number, BigInteger size)
    {
        static bool Fits(BigInteger value, int bits) => value.Sign >= 0 && value < BigInteger.One << bits;
        return Fits(direction, 2) && Fits(type, 8) && Fits(number, 8) && Fits(size, 14)
            ? (direction << 30) | (size << 16) | (type << 8) | number
            : null;
    }
}
