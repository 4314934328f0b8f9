namespace Faultline.Userfaultfd;

/// <summary>How a userfaultfd is opened: the flags of userfaultfd(2).</summary>
[Flags]
public enum OpenOptions
{
    /// <summary>Inherited over exec, blocking reads, kernel-mode faults handled too.</summary>
    None = 0,

    /// <summary>
    /// <c>UFFD_USER_MODE_ONLY</c>: a fault raised by the kernel itself, for example in read(2), is not delivered and ends in EFAULT.
    /// Needs no privilege.
    /// </summary>
    UserModeOnly = 1,

    /// <summary>
    /// <c>O_NONBLOCK</c>: reads never block, and poll(2) works; without it the kernel answers POLLERR (<c>userfaultfd_poll</c>).
    /// </summary>
    NonBlock = 0x800,

    /// <summary><c>O_CLOEXEC</c>: the descriptor does not survive exec.</summary>
    CloseOnExec = 0x80000,

    /// <summary>What nearly every caller wants: close on exec, and non-blocking so that events can be waited for.</summary>
    Default = NonBlock | CloseOnExec,
}
