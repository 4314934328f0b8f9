using System.Runtime.InteropServices;
using UapiConsumer.Abi;

namespace UapiConsumer;

/// <summary>The C library. A request carries the type of its argument, so the compiler refuses a wrong one.</summary>
internal static partial class Libc
{
    /// <summary>Number of userfaultfd(2): 323 on x86-64, 282 on arm64 and riscv64.</summary>
    public static nint UserfaultfdNumber => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 323 : 282;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint Syscall(nint number, nint argument);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    public static unsafe int Ioctl<T>(int descriptor, IoctlRequest<T> request, ref T argument)
        where T : unmanaged
    {
        fixed (T* pointer = &argument)
            return Ioctl(descriptor, request.Code, pointer);
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static unsafe partial int Ioctl(int descriptor, nuint request, void* argument);
}
