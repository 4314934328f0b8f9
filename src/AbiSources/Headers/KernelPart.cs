using Faultline.AbiExtractor;

namespace Faultline.AbiSources.Headers;

/// <summary>
/// The kernel's headers in the include directory of a distribution, where those of the C library and of other packages stand too, and on
/// Debian those of <c>asm</c> in a directory of the machine's.
/// </summary>
internal static class KernelPart
{
    /// <summary>Known by this one, the C library's.</summary>
    private const string OfLibrary = "stdio.h";

    /// <summary>What <c>make headers_install</c> makes, Linux 6.18; nobody else has anything in these.</summary>
    private static readonly string[] Own = ["linux", "asm", "asm-generic"];

    /// <summary>The others, in which the C library (<c>scsi</c>), rdma-core, Xen and more keep headers as well.</summary>
    private static readonly string[] Shared =
        ["cxl", "drm", "fwctl", "misc", "mtd", "rdma", "regulator", "scsi", "sound", "video", "xen"];

    /// <summary>Whether a directory has such headers for a target, although other ones stand there too or some stand elsewhere.</summary>
    public static bool IsIn(string root, string target) =>
        File.Exists(Path.Combine(root, OfLibrary)) || Elsewhere(root, target) is not null;

    /// <summary>Whether nobody but the kernel has headers where this one is.</summary>
    /// <param name="header">As programs include it.</param>
    public static bool IsSure(string header) => Own.Contains(header.Split('/')[0]);

    /// <summary>A directory of links to the kernel's headers, in which each has the name that programs use.</summary>
    /// <param name="side">What reports call it.</param>
    public static InstalledHeaders Open(string side, string root, string target)
    {
        var scratch = Directory.CreateTempSubdirectory("faultline-uapi-").FullName;
        foreach (var folder in Own.Concat(Shared))
        {
            var real = Elsewhere(root, target) is { } machine && Directory.Exists(Path.Combine(machine, folder))
                ? Path.Combine(machine, folder) : Path.Combine(root, folder);
            if (Directory.Exists(real))
                Directory.CreateSymbolicLink(Path.Combine(scratch, folder), Path.GetFullPath(real));
        }
        return new InstalledHeaders(side, scratch, scratch)
        {
            Shares = File.Exists(Path.Combine(root, OfLibrary)),
            Behind = Elsewhere(root, target) is { } own ? [own, root] : [root],
        };
    }

    /// <summary>The machine's own directory where <c>asm</c> stands in that; null when there is none.</summary>
    private static string? Elsewhere(string root, string target) =>
        !Directory.Exists(Path.Combine(root, "asm")) && HeaderRequest.MachineDirectory(root, target) is { } machine
            && Directory.Exists(Path.Combine(machine, "asm")) ? machine : null;
}
