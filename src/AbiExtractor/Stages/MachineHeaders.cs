namespace Faultline.AbiExtractor.Stages;

/// <summary>
/// Where the machine keeps its own headers, and those of other machines for its cross compilers, as Debian's compilers look for
/// them.
/// </summary>
internal static class MachineHeaders
{
    private const string Root = "/usr/include";

    /// <summary>
    /// 64-bit machines whose kernel also runs the programs of a 32-bit one, from the same <c>asm</c> headers; a cross compiler's
    /// name of the latter may be another than clang's.
    /// </summary>
    private static readonly (string Machine, string Sibling, string CrossCompiler)[] Siblings =
    [
        ("x86_64-linux-gnu", "i386-linux-gnu", "i686-linux-gnu"),
        ("riscv64-linux-gnu", "riscv32-linux-gnu", "riscv32-linux-gnu"),
        ("mips64-linux-gnuabi64", "mips-linux-gnu", "mips-linux-gnu"),
        ("powerpc64-linux-gnu", "powerpc-linux-gnu", "powerpc-linux-gnu"),
    ];

    /// <summary>The 32-bit machine whose programs the kernel of this one runs; null where there is none.</summary>
    public static string? SiblingOf(string machine) => Siblings.FirstOrDefault(pair => pair.Machine == machine).Sibling;

    /// <summary>Directories for a target, as far as there are any: none where this machine has no headers for it.</summary>
    public static IReadOnlyList<string> For(string target)
    {
        if (Beside(Root, target) is { } own)
            return [own, Root];
        return Names(target).Select(name => $"/usr/{name}/include").FirstOrDefault(Directory.Exists) is { } cross ? [cross] : [];
    }

    /// <summary>A target's own directory in an include directory of several; null when there is none.</summary>
    public static string? Beside(string directory, string target) =>
        Names(target).Select(name => Path.Combine(directory, name)).FirstOrDefault(Directory.Exists);

    /// <summary>The target first, then what serves for it.</summary>
    private static IEnumerable<string> Names(string target) =>
        Siblings.Where(pair => pair.Sibling == target).SelectMany(pair => (string[])[pair.CrossCompiler, pair.Machine]).Prepend(target);
}
