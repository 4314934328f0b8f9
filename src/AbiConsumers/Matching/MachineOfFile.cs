namespace Faultline.AbiConsumers.Matching;

/// <summary>The machine that a source file is for, as bindings with a file for each tell it by path: <c>zerrors_linux_mips64.go</c>, <c>src/aarch64/general.rs</c>.</summary>
/// <param name="target">The triple of the header.</param>
/// <param name="files">All files of the source.</param>
internal sealed class MachineOfFile(string target, IEnumerable<string> files)
{
    private static readonly (string Machine, string[] Words)[] Machines =
    [
        ("x86_64", ["x86_64", "amd64", "x64"]), ("i386", ["i386", "i686", "386", "x32"]), ("aarch64", ["aarch64", "arm64"]), ("arm", ["arm"]),
        ("riscv64", ["riscv64", "riscv64gc"]), ("riscv32", ["riscv32"]), ("mips", ["mips", "mipsle", "mips64", "mips64le", "mips64r6", "mips32r6"]),
        ("powerpc64le", ["powerpc64le", "ppc64le"]), ("powerpc", ["powerpc", "powerpc64", "ppc", "ppc64"]), ("s390x", ["s390x", "s390"]),
        ("sparc", ["sparc", "sparc64"]), ("loongarch64", ["loongarch64", "loong64"]), ("alpha", ["alpha"]), ("hppa", ["hppa", "parisc"]),
        ("m68k", ["m68k"]), ("hexagon", ["hexagon"]), ("csky", ["csky"]),
    ];

    /// <summary>Systems that are no Linux: their constants are another kernel's.</summary>
    private static readonly string[] OtherSystems =
        ["darwin", "freebsd", "netbsd", "openbsd", "dragonfly", "solaris", "illumos", "windows", "aix", "zos", "apple", "bsd", "macos", "haiku", "fuchsia"];

    private readonly bool _tellsX86Apart = files.Any(file => Parts(file).Contains("x86_64"));

    /// <summary>The other machine or system, or null when the file is for the target or for every machine.</summary>
    public string? Other(string path)
    {
        var parts = Parts(path);
        if (OtherSystems.FirstOrDefault(parts.Contains) is { } system)
            return system;
        // Plain x86 is the 32-bit one only where there is another beside it.
        var named = Machines.Where(machine => machine.Words.Any(parts.Contains) || (machine.Machine == "i386" && _tellsX86Apart && parts.Contains("x86")))
            .Select(machine => machine.Machine).ToList();
        return named.Count == 0 || named.Exists(machine => target.StartsWith(machine, StringComparison.Ordinal)) ? null : named[0];
    }

    private static List<string> Parts(string path)
    {
        var parts = Path.ChangeExtension(path, null).Split('/', '_', '-', '.').ToList();
        // x86_64 is one word in two parts.
        for (var at = parts.IndexOf("x86"); at >= 0 && at + 1 < parts.Count; at = parts.IndexOf("x86", at + 1))
        {
            if (parts[at + 1] == "64")
                parts[at] = "x86_64";
        }
        return parts;
    }
}
