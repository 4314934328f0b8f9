using System.Runtime.InteropServices;

namespace Faultline.Userfaultfd.Native;

/// <summary>The C library calls the library stands on. None suppresses the GC transition: each of them may block in the kernel.</summary>
internal static partial class Libc
{
    internal const int OpenReadWrite = 2;
    internal const int OpenNonBlock = 0x800;
    internal const int OpenCloseOnExec = 0x80000;
    internal const short PollIn = 1;
    internal const short PollErr = 8;

    /// <summary>Number of userfaultfd(2): 323 on x86-64, 282 in the generic table (arm64, riscv64, loongarch64).</summary>
    internal static nint UserfaultfdNumber => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 323 : 282;

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollFd
    {
        internal int Fd;
        internal short Events;
        internal short ReturnedEvents;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint Syscall(nint number, nint argument);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(nint fd);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static unsafe partial int Ioctl(SafeUserfaultfdHandle fd, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int Ioctl(int fd, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static unsafe partial nint Read(SafeUserfaultfdHandle fd, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static unsafe partial int Poll(PollFd* fds, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    internal static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static unsafe partial nint Write(int fd, void* buffer, nuint count);

    internal static Errno LastErrno() => (Errno)Marshal.GetLastPInvokeError();
}
