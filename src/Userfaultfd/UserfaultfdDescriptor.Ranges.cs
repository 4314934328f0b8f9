using Faultline.Userfaultfd.Abi;

namespace Faultline.Userfaultfd;

/// <content>Which memory is watched: register, unregister, write-protect, wake.</content>
public sealed partial class UserfaultfdDescriptor
{
    /// <summary>Watches a range (UFFDIO_REGISTER; kernel: <c>userfaultfd_register</c>).</summary>
    /// <param name="range">Page-aligned, wholly mapped. It may span several mappings.</param>
    /// <param name="mode">Missing: first touches; Wp: writes to protected pages; Minor: pages present in the file but not mapped.</param>
    /// <returns>The ioctls that work on the whole range.</returns>
    /// <exception cref="UserfaultfdException">EINVAL: misaligned, unmapped, or memory that cannot be watched so. EBUSY: another
    /// descriptor watches it.</exception>
    public RangeIoctls Register(MemoryRange range, UffdioRegisterMode mode)
    {
        Check("UFFDIO_REGISTER", TryRegister(range, mode, out var ioctls), range);
        return ioctls;
    }

    /// <summary><see cref="Register"/> that returns the errno instead of throwing.</summary>
    public Errno TryRegister(MemoryRange range, UffdioRegisterMode mode, out RangeIoctls ioctls)
    {
        var argument = new UffdioRegister { Range = Argument(range), Mode = (ulong)mode };
        var errno = Ioctl(UserfaultfdIoctls.UffdioRegister, ref argument);
        ioctls = new(errno == Errno.None ? argument.Ioctls : 0);
        return errno;
    }

    /// <summary>
    /// Stops watching a range (UFFDIO_UNREGISTER; kernel: <c>userfaultfd_unregister</c>) and clears its write protection.
    /// </summary>
    /// <remarks>
    /// Threads blocked on a missing page are woken; threads blocked on write protection alone are not: wake the range, or close.
    /// </remarks>
    /// <exception cref="UserfaultfdException">EINVAL: misaligned, or nothing there that could be registered.</exception>
    public void Unregister(MemoryRange range) => Check("UFFDIO_UNREGISTER", TryUnregister(range), range);

    /// <summary><see cref="Unregister"/> that returns the errno instead of throwing.</summary>
    public Errno TryUnregister(MemoryRange range)
    {
        var argument = Argument(range);
        return Ioctl(UserfaultfdIoctls.UffdioUnregister, ref argument);
    }

    /// <summary>Write-protects a range (UFFDIO_WRITEPROTECT with mode Wp; kernel: <c>mwriteprotect_range</c>).</summary>
    /// <remarks>
    /// Without UFFD_FEATURE_WP_UNPOPULATED, pages of anonymous memory that were never touched stay unprotected, silently: their first
    /// write raises no event.
    /// </remarks>
    /// <exception cref="UserfaultfdException">ENOENT: not registered with mode Wp here. EAGAIN: the mapping is changing.</exception>
    public void WriteProtect(MemoryRange range) => Check("UFFDIO_WRITEPROTECT", TryWriteProtect(range, UffdioWriteprotectMode.Wp), range);

    /// <summary>Lifts the write protection of a range and wakes the threads blocked on it.</summary>
    /// <param name="range">Page-aligned, in memory registered with mode Wp.</param>
    /// <param name="wake">False leaves them blocked until <see cref="Wake"/> (UFFDIO_WRITEPROTECT_MODE_DONTWAKE).</param>
    /// <exception cref="UserfaultfdException">ENOENT: not registered with mode Wp here. EAGAIN: the mapping is changing.</exception>
    public void RemoveWriteProtection(MemoryRange range, bool wake = true) =>
        Check("UFFDIO_WRITEPROTECT", TryWriteProtect(range, wake ? 0 : UffdioWriteprotectMode.Dontwake), range);

    /// <summary>UFFDIO_WRITEPROTECT with any mode, returning the errno instead of throwing.</summary>
    public Errno TryWriteProtect(MemoryRange range, UffdioWriteprotectMode mode)
    {
        var argument = new UffdioWriteprotect { Range = Argument(range), Mode = (ulong)mode };
        return Ioctl(UserfaultfdIoctls.UffdioWriteprotect, ref argument);
    }

    /// <summary>Wakes every thread blocked in a fault on the range (UFFDIO_WAKE); each retries its access.</summary>
    /// <exception cref="UserfaultfdException">EINVAL: misaligned or empty.</exception>
    public void Wake(MemoryRange range)
    {
        var argument = Argument(range);
        Check("UFFDIO_WAKE", Ioctl(UserfaultfdIoctls.UffdioWake, ref argument), range);
    }

    private static UffdioRange Argument(MemoryRange range) => new() { Start = range.Start, Len = range.Length };
}
