using System.Runtime.InteropServices;
using Faultline.Userfaultfd.Native;

namespace Faultline.Userfaultfd;

/// <summary>Owns one userfaultfd file descriptor.</summary>
/// <remarks>
/// Closing the last descriptor unregisters every range and releases every thread blocked in a fault on it
/// (kernel: <c>userfaultfd_release</c>); those threads retry their access on the memory as it is then.
/// </remarks>
public sealed class SafeUserfaultfdHandle : SafeHandle
{
    /// <summary>Wraps <paramref name="fd"/>, a userfaultfd file descriptor number.</summary>
    /// <param name="fd">The descriptor number, for example one received over a Unix socket.</param>
    /// <param name="ownsHandle">Whether disposing this handle closes the descriptor.</param>
    public SafeUserfaultfdHandle(int fd, bool ownsHandle) : base(-1, ownsHandle) => SetHandle(fd);

    /// <inheritdoc/>
    public override bool IsInvalid => handle < 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Libc.Close(handle) == 0;
}
