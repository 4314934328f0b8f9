using System.Runtime.InteropServices;

namespace Faultline.UffdProbe;

/// <summary>The C library calls of the probe that the userfaultfd library does not make itself.</summary>
internal static partial class Mapping
{
    internal const int ProtectionReadWrite = 3;
    internal const int MapShared = 1, MapPrivate = 2, MapAnonymous = 0x20, MapNoReserve = 0x4000, MapHugetlb = 0x40000;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    internal static partial nint Map(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    internal static partial int Unmap(nint address, nuint length);
}
