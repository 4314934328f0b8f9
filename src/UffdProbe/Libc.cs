using System.Runtime.InteropServices;
using Faultline.Userfaultfd;

namespace Faultline.UffdProbe;

/// <summary>The C library calls of the probe that the userfaultfd library has no method for.</summary>
internal static partial class Libc
{
    internal const int ProtectionReadWrite = 3;
    internal const int MapShared = 1, MapPrivate = 2, MapAnonymous = 0x20, MapNoReserve = 0x4000, MapHugetlb = 0x40000;
    internal const int OpenReadWrite = 2, OpenCloseOnExec = 0x80000;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    internal static partial nint Map(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    internal static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(nint fd);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int Ioctl(int fd, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static unsafe partial nint Read(SafeUserfaultfdHandle fd, void* buffer, nuint count);

    internal static Errno LastErrno() => (Errno)Marshal.GetLastPInvokeError();
}
