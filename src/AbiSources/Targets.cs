using Faultline.AbiExtractor;

namespace Faultline.AbiSources;

/// <summary>The machines that headers are read for, as target triples.</summary>
public static class Targets
{
    /// <summary>Each 64-bit machine whose kernel also runs the programs of a 32-bit one from the same headers.</summary>
    private static readonly (string Machine, string Sibling)[] Siblings =
    [
        ("x86_64-linux-gnu", "i386-linux-gnu"), ("riscv64-linux-gnu", "riscv32-linux-gnu"),
        ("mips64-linux-gnuabi64", "mips-linux-gnu"), ("powerpc64-linux-gnu", "powerpc-linux-gnu"),
    ];

    /// <summary>This machine, and the 32-bit one whose programs its kernel runs: for these a compat layout is an ABI as well.</summary>
    public static IReadOnlyList<string> Usual { get; } =
    [
        HeaderRequest.HostTarget,
        .. Siblings.Where(pair => pair.Machine == HeaderRequest.HostTarget).Select(pair => pair.Sibling),
    ];
}
