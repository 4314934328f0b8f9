namespace Faultline.AbiExtractor.Stages;

/// <summary>
/// Where the machine keeps its own headers, and those of other machines for its cross compilers, as Debian's compilers look for
/// them.
/// </summary>
internal static class MachineHeaders
{
    private const string Root = "/usr/include";

    /// <summary>
    /// Triples of one kernel architecture, whose <c>asm</c> headers are the same files; what clang calls one, and what a cross
    /// compiler.
    /// </summary>
    private static readonly string[][] Siblings =
    [
        ["i386-linux-gnu", "i686-linux-gnu", "x86_64-linux-gnu"],
        ["riscv32-linux-gnu", "riscv64-linux-gnu"],
        ["mips-linux-gnu", "mips64-linux-gnuabi64"],
        ["powerpc-linux-gnu", "powerpc64-linux-gnu"],
    ];

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

    /// <summary>The target first, then its siblings.</summary>
    private static IEnumerable<string> Names(string target) =>
        Siblings.Where(siblings => siblings.Contains(target)).SelectMany(siblings => siblings).Prepend(target)
            .Distinct(StringComparer.Ordinal);
}
