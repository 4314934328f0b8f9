namespace Faultline.Userfaultfd;

/// <summary>What an errno means for a given call: ioctl_userfaultfd(2), userfaultfd(2) and the kernel's fs/userfaultfd.c.</summary>
internal static class ErrnoHints
{
    internal static string? For(string operation, Errno errno) => (operation, errno) switch
    {
        ("userfaultfd", Errno.EPERM) =>
            "unprivileged use is off (vm.unprivileged_userfaultfd=0); pass UserModeOnly, use /dev/userfaultfd, or hold CAP_SYS_PTRACE.",
        ("userfaultfd", Errno.ENOSYS) => "the kernel was built without CONFIG_USERFAULTFD.",
        ("userfaultfd", Errno.EINVAL) => "the kernel does not know one of the flags; UserModeOnly needs Linux 5.11.",
        ("/dev/userfaultfd", Errno.ENOENT) =>
            "the device needs Linux 6.1 with CONFIG_USERFAULTFD and a devtmpfs on /dev; the system call works without it.",
        ("/dev/userfaultfd", Errno.EACCES) =>
            "the device's file permissions decide who may use it; ask for access to it, or open by system call.",
        (_, Errno.EMFILE or Errno.ENFILE) => "the limit of open files is reached; close descriptors or raise RLIMIT_NOFILE.",

        ("UFFDIO_API", Errno.EPERM) => "EventFork needs CAP_SYS_PTRACE.",
        ("UFFDIO_API", Errno.EINVAL) => "a descriptor takes one successful handshake, and only features the kernel offers.",

        ("UFFDIO_REGISTER", Errno.EBUSY) => "another userfaultfd already watches part of the range; unregister it there first.",
        ("UFFDIO_REGISTER", Errno.EPERM) => "the mapping is not writable by this process; shared file mappings must be opened for writing.",
        ("UFFDIO_REGISTER", Errno.EINVAL) =>
            "the range must be page-aligned, not empty and mapped, and the memory must allow every requested mode (real files allow none).",
        ("UFFDIO_UNREGISTER", Errno.EINVAL) => "the range must be page-aligned, not empty, and mapped to memory that can be registered.",

        ("UFFDIO_COPY" or "UFFDIO_ZEROPAGE" or "UFFDIO_CONTINUE" or "UFFDIO_POISON" or "UFFDIO_MOVE", Errno.EEXIST) =>
            "something is already mapped at the destination, perhaps by another handler of the same fault; wake the range and go on.",
        ("UFFDIO_WRITEPROTECT", Errno.ENOENT) =>
            "the range must lie in one mapping registered with mode Wp on this descriptor (before Linux 6.4; later in several).",
        (_, Errno.EAGAIN) => "the mapping is changing under a fork, mremap or unmap; read the pending event, then repeat the call.",
        (_, Errno.ENOENT) => "the range is not wholly inside memory registered on this descriptor.",
        (_, Errno.ESRCH) => "the process whose memory this descriptor watches has exited.",
        (_, Errno.ENOMEM) => "the kernel had no memory for a page or a page table.",
        (_, Errno.EFAULT) => "the source could not be read, or the argument itself is not readable.",
        (_, Errno.EINVAL) =>
            "check page alignment, a length above 0 and the mode bits; before the handshake every other call answers EINVAL.",
        (_, Errno.ENOTTY) => "the descriptor is not a userfaultfd, or this kernel does not have the ioctl.",
        _ => null,
    };
}
