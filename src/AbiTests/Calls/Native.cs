using System.Runtime.InteropServices;

namespace Faultline.AbiTests.Calls;

/// <summary>The C library as the scenarios use it. Any of these may block in a fault, so none suppresses the GC transition.</summary>
internal static unsafe partial class Native
{
    internal const int ProtNone = 0, ProtRead = 1, ProtWrite = 2;
    internal const int MapShared = 1, MapPrivate = 2, MapFixed = 0x10, MapAnonymous = 0x20, MapNoReserve = 0x4000, MapHugetlb = 0x40000;
    internal const int RusageThread = 1;
    internal const int SigKill = 9, SigBus = 7, SigChild = 17;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint mmap(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int munmap(nint address, nuint length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int mprotect(nint address, nuint length, int protection);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint mremap(nint address, nuint oldLength, nuint newLength, int flags, nint newAddress);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int madvise(nint address, nuint length, int advice);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int mincore(nint address, nuint length, byte* residency);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int mlock(nint address, nuint length);

    [LibraryImport("libc")]
    internal static partial void* memcpy(void* destination, void* source, nuint length);

    [LibraryImport("libc")]
    internal static partial void* memset(void* destination, int value, nuint length);

    [LibraryImport("libc")]
    internal static partial int memcmp(void* left, void* right, nuint length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int getrusage(int who, ResourceUsage* usage);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int ioctl(int fd, nuint request, void* argument);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint read(int fd, void* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint write(int fd, void* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint pread(int fd, void* buffer, nuint count, nint offset);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint pwrite(int fd, void* buffer, nuint count, nint offset);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int close(int fd);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int pipe2(int* fds, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int ftruncate(int fd, nint length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int clone(nint function, nint stackTop, int flags, nint argument);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int waitpid(int pid, int* status, int options);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int kill(int pid, int signal);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint ptrace(int request, int pid, nint address, nint data);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int clock_settime(int clock, long* time);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int gettid();

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint process_vm_writev(int pid, IoVector* local, nuint localCount, IoVector* remote, nuint remoteCount, nuint flags);

    [LibraryImport("libc", EntryPoint = "_exit")]
    internal static partial void ExitNow(int code);

    internal static Errno LastErrno() => (Errno)Marshal.GetLastPInvokeError();

    /// <summary>"ok" or the errno's name, from a call that answers -1 on failure.</summary>
    internal static string Outcome(nint result) => result >= 0 ? "ok" : LastErrno().ToString();

    /// <summary>Throws with the call's name when it failed: for set-up that must work on every kernel.</summary>
    internal static nint Must(nint result, string call) =>
        result >= 0 || result < -4095 ? result : throw new InvalidOperationException($"{call} failed with {LastErrno()}; the scenario cannot be set up.");

    [StructLayout(LayoutKind.Sequential)]
    internal struct IoVector
    {
        internal nint Base;
        internal nuint Length;
    }

    /// <summary><c>struct rusage</c>; only the fault counters are read.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    internal struct ResourceUsage
    {
        [FieldOffset(64)] internal long MinorFaults;
        [FieldOffset(72)] internal long MajorFaults;
    }
}
