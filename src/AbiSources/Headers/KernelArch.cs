namespace Faultline.AbiSources.Headers;

/// <summary>What the kernel's Makefile calls an architecture.</summary>
internal static class KernelArch
{
    private static readonly (string Prefix, string Arch)[] Known =
    [
        ("x86_64", "x86"), ("i386", "x86"), ("i486", "x86"), ("i586", "x86"), ("i686", "x86"),
        ("aarch64", "arm64"), ("arm", "arm"), ("riscv", "riscv"), ("mips", "mips"),
        ("powerpc", "powerpc"), ("ppc", "powerpc"), ("s390", "s390"), ("loongarch", "loongarch"),
        ("sparc", "sparc"), ("m68k", "m68k"), ("sh4", "sh"), ("hppa", "parisc"), ("alpha", "alpha"),
    ];

    /// <summary>The directory under <c>arch/</c> for a target triple.</summary>
    /// <exception cref="SideException">The triple is of no architecture known here.</exception>
    public static string Of(string target) => Array.Find(Known, known => target.StartsWith(known.Prefix, StringComparison.Ordinal)).Arch
        ?? throw new SideException($"--target {target}: no directory of arch/ is known for this target; "
            + "install the headers yourself (make headers_install ARCH=…) and name their directory.");
}
