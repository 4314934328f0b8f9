using System.Text;
using System.Text.RegularExpressions;
using Faultline.Machine;

namespace Faultline.AbiExtractor.Input;

/// <summary>The directory of <c>arch/</c> that installed headers were made from, told by their <c>asm</c> folder.</summary>
/// <remarks>Told by what no other architecture has; where nothing of that is found, or of two, nothing is said.</remarks>
public static partial class KernelArchitecture
{
    /// <summary>Longer headers are looked at from their beginning, where the guard stands.</summary>
    private const int Looked = 4096;

    private static readonly (string Prefix, string Arch)[] Targets =
    [
        ("x86_64", "x86"), ("i386", "x86"), ("i486", "x86"), ("i586", "x86"), ("i686", "x86"),
        ("aarch64", "arm64"), ("arm", "arm"), ("riscv", "riscv"), ("mips", "mips"),
        ("powerpc", "powerpc"), ("ppc", "powerpc"), ("s390", "s390"), ("loongarch", "loongarch"),
        ("sparc", "sparc"), ("m68k", "m68k"), ("sh4", "sh"), ("hppa", "parisc"), ("alpha", "alpha"),
    ];

    /// <summary>Headers that one architecture alone exports.</summary>
    private static readonly (string Name, string Arch)[] Files =
    [
        ("unistd_x32.h", "x86"), ("ldt.h", "x86"), ("sve_context.h", "arm64"), ("unistd-oabi.h", "arm"), ("unistd-eabi.h", "arm"),
        ("hwprobe.h", "riscv"), ("sgidefs.h", "mips"), ("unistd_n32.h", "mips"),
    ];

    /// <summary>The directory of <c>arch/</c> for a target triple; null where none is known.</summary>
    public static string? OfTarget(string target) =>
        Array.Find(Targets, known => target.StartsWith(known.Prefix, StringComparison.Ordinal)).Arch;

    /// <summary>That of the headers in a folder named <c>asm</c>; null when it cannot be told.</summary>
    /// <param name="marked">A header that shows it.</param>
    public static string? OfFolder(string folder, out string marked)
    {
        marked = "";
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*.h").Order(StringComparer.Ordinal))
            {
                var name = Path.GetFileName(path);
                var arch = Array.Find(Files, file => file.Name == name).Arch;
                if ((arch ?? (FileKinds.Of(path) == FileKind.Regular ? OfGuard(path) : null)) is { } found)
                    told.TryAdd(found, name);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        if (told.Count != 1)
            return null;
        marked = told.Values.Single();
        return told.Keys.Single();
    }

    /// <summary>Why headers of a directory are not those of a target; null when they may be.</summary>
    /// <param name="root">The directory that has an <c>asm</c> folder.</param>
    public static string? Mismatch(string root, string target)
    {
        var folder = Path.Combine(root, "asm");
        return OfTarget(target) is { } wanted && OfFolder(folder, out var marked) is { } held && held != wanted
            ? $"{folder} holds the headers of {held} (its {marked} says so), and {target} is {wanted}: installed headers are those of one "
                + $"architecture. Give the kernel's source tree, from which the headers of any are made, or headers installed with "
                + $"ARCH={wanted}; or name a target of {held} with --target."
            : null;
    }

    private static string? OfGuard(string path)
    {
        using var stream = File.OpenRead(path);
        var bytes = new byte[Looked];
        var length = stream.ReadAtLeast(bytes, Looked, throwOnEndOfStream: false);
        return Guard.Match(Encoding.Latin1.GetString(bytes, 0, length)) is { Success: true } guard
            ? guard.Groups[1].Value.ToLowerInvariant() : null;
    }

    /// <remarks>KVM's guard of arm64 says ARM: that name is told by files alone.</remarks>
    [GeneratedRegex(@"^[ \t]*#[ \t]*ifndef[ \t]+_*(?:UAPI_*)?(?:ASM_)(X86|RISCV|POWERPC|S390|MIPS|SPARC|PARISC|ALPHA|M68K|LOONGARCH)_",
        RegexOptions.Multiline)]
    private static partial Regex Guard { get; }
}
