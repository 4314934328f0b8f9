using System.Runtime.InteropServices;

namespace Faultline.Machine;

/// <summary>The descriptors 0 to 2 that a process begins with.</summary>
public static class StandardDescriptor
{
    // fcntl.h
    private const int F_GETFD = 1, FD_CLOEXEC = 1;

    /// <summary>Whether nothing has it.</summary>
    public static bool IsFree(int descriptor) => fcntl(descriptor, F_GETFD) == -1;

    /// <summary>
    /// Whether it was closed before this program began. The flag goes where a program is started: what has it was opened by the
    /// runtime since, a pipe between its threads.
    /// </summary>
    public static bool WasClosed(int descriptor) => fcntl(descriptor, F_GETFD) is var flags && (flags == -1 || (flags & FD_CLOEXEC) != 0);

    [DllImport("libc")]
    private static extern int fcntl(int descriptor, int command);
}
