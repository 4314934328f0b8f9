namespace Faultline.Userfaultfd;

/// <summary>The error numbers that userfaultfd calls return (errno(3)).</summary>
/// <remarks>Their values are the same on every architecture on which Linux has userfaultfd.</remarks>
public enum Errno
{
    /// <summary>The call succeeded.</summary>
    None = 0,

    /// <summary>Operation not permitted.</summary>
    EPERM = 1,

    /// <summary>No such file; for range ioctls: the range is not registered, or has no mapping.</summary>
    ENOENT = 2,

    /// <summary>No such process; the address space behind the descriptor has exited.</summary>
    ESRCH = 3,

    /// <summary>Interrupted by a signal.</summary>
    EINTR = 4,

    /// <summary>Input/output error.</summary>
    EIO = 5,

    /// <summary>Bad file descriptor.</summary>
    EBADF = 9,

    /// <summary>Try again; for range ioctls: the mapping is changing and an event waits to be read.</summary>
    EAGAIN = 11,

    /// <summary>Out of memory.</summary>
    ENOMEM = 12,

    /// <summary>Permission denied.</summary>
    EACCES = 13,

    /// <summary>Bad address.</summary>
    EFAULT = 14,

    /// <summary>Busy; for register: the range belongs to another userfaultfd.</summary>
    EBUSY = 16,

    /// <summary>Exists; for filling ioctls: a page, or a marker, is already there.</summary>
    EEXIST = 17,

    /// <summary>No such device.</summary>
    ENODEV = 19,

    /// <summary>Invalid argument.</summary>
    EINVAL = 22,

    /// <summary>Too many open files in the system.</summary>
    ENFILE = 23,

    /// <summary>Too many open files in this process.</summary>
    EMFILE = 24,

    /// <summary>The descriptor does not know this ioctl.</summary>
    ENOTTY = 25,

    /// <summary>No space left.</summary>
    ENOSPC = 28,

    /// <summary>The kernel has no such system call.</summary>
    ENOSYS = 38,
}
