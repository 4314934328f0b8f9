using System.Runtime.InteropServices;

namespace Faultline.Launcher;

/// <summary>Whether there is a place for the result.</summary>
internal static class StandardOutput
{
    // fcntl.h
    private const int Descriptor = 1, F_GETFD = 1, FD_CLOEXEC = 1;

    /// <summary>
    /// Whether it was closed before this program began, which the full command explains. The flag goes where a program is
    /// started: what has it was opened by the runtime since.
    /// </summary>
    public static bool IsClosed => fcntl(Descriptor, F_GETFD) is var flags && (flags == -1 || (flags & FD_CLOEXEC) != 0);

    [DllImport("libc")]
    private static extern int fcntl(int descriptor, int command);
}
