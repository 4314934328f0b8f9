using Faultline.Userfaultfd.Abi;

namespace Faultline.Userfaultfd;

/// <content>
/// What appears in watched memory: copy, zero page, continue, poison, move. All of them wake the faulting threads unless told not to.
/// </content>
public sealed partial class UserfaultfdDescriptor
{
    /// <summary>
    /// Puts a copy of <paramref name="length"/> bytes into pages not yet present (UFFDIO_COPY; kernel: <c>mcopy_atomic</c>).
    /// </summary>
    /// <param name="destination">Page-aligned address in watched memory.</param>
    /// <param name="source">Address of the bytes; any alignment, any readable memory of this process.</param>
    /// <param name="length">Bytes, a multiple of the page size.</param>
    /// <param name="mode">Wp: the new pages are write-protected; Dontwake: faulting threads stay blocked.</param>
    /// <exception cref="UserfaultfdException">EEXIST: a page is there already; EAGAIN: short copy, see BytesDone; ENOENT: not
    /// watched.</exception>
    public void Copy(nuint destination, nuint source, nuint length, UffdioCopyMode mode = 0)
    {
        var errno = TryCopy(destination, source, length, mode, out var copied);
        Check("UFFDIO_COPY", errno, new(destination, length), copied);
    }

    /// <summary><see cref="Copy"/> that returns the errno instead of throwing.</summary>
    /// <param name="destination">Page-aligned address in watched memory.</param>
    /// <param name="source">Address of the bytes; any alignment, any readable memory of this process.</param>
    /// <param name="length">Bytes, a multiple of the page size.</param>
    /// <param name="mode">Wp: the new pages are write-protected; Dontwake: faulting threads stay blocked.</param>
    /// <param name="copied">Bytes copied, also when the call failed half way.</param>
    public Errno TryCopy(nuint destination, nuint source, nuint length, UffdioCopyMode mode, out nuint copied)
    {
        var argument = new UffdioCopy { Dst = destination, Src = source, Len = length, Mode = (ulong)mode };
        var errno = Ioctl(UserfaultfdIoctls.UffdioCopy, ref argument);
        copied = Done(argument.Copy);
        return errno;
    }

    /// <summary>Maps the zero page into pages not yet present (UFFDIO_ZEROPAGE; kernel: <c>mfill_zeropage</c>).</summary>
    /// <exception cref="UserfaultfdException">EEXIST: something is there already, and a write-protect marker counts; EINVAL: hugetlb
    /// has no zero page.</exception>
    public void ZeroPage(MemoryRange range, UffdioZeropageMode mode = 0) =>
        Check("UFFDIO_ZEROPAGE", TryZeroPage(range, mode, out var done), range, done);

    /// <summary><see cref="ZeroPage"/> that returns the errno instead of throwing.</summary>
    public Errno TryZeroPage(MemoryRange range, UffdioZeropageMode mode, out nuint zeroed)
    {
        var argument = new UffdioZeropage { Range = Argument(range), Mode = (ulong)mode };
        var errno = Ioctl(UserfaultfdIoctls.UffdioZeropage, ref argument);
        zeroed = Done(argument.Zeropage);
        return errno;
    }

    /// <summary>Maps pages the file already has, after a minor fault (UFFDIO_CONTINUE; kernel: <c>mcopy_continue</c>).</summary>
    /// <exception cref="UserfaultfdException">EFAULT: the file has no page there; EEXIST: it is mapped already.</exception>
    public void Continue(MemoryRange range, UffdioContinueMode mode = 0) =>
        Check("UFFDIO_CONTINUE", TryContinue(range, mode, out var done), range, done);

    /// <summary><see cref="Continue"/> that returns the errno instead of throwing.</summary>
    public Errno TryContinue(MemoryRange range, UffdioContinueMode mode, out nuint mapped)
    {
        var argument = new UffdioContinue { Range = Argument(range), Mode = (ulong)mode };
        var errno = Ioctl(UserfaultfdIoctls.UffdioContinue, ref argument);
        mapped = Done(argument.Mapped);
        return errno;
    }

    /// <summary>Makes any later touch of the range raise SIGBUS, as after a memory error (UFFDIO_POISON, Linux 6.6).</summary>
    /// <exception cref="UserfaultfdException">EEXIST: something is mapped there; EINVAL or ENOTTY: the kernel does not offer
    /// Poison.</exception>
    public void Poison(MemoryRange range, UffdioPoisonMode mode = 0)
    {
        var argument = new UffdioPoison { Range = Argument(range), Mode = (ulong)mode };
        var errno = Ioctl(UserfaultfdIoctls.UffdioPoison, ref argument);
        Check("UFFDIO_POISON", errno, range, Done(argument.Updated));
    }

    /// <summary>Moves pages instead of copying them (UFFDIO_MOVE, Linux 6.8; kernel: <c>move_pages</c>).</summary>
    /// <param name="destination">Page-aligned address in watched memory, nothing mapped there.</param>
    /// <param name="source">Page-aligned address of private anonymous memory; unmapped there afterwards.</param>
    /// <param name="length">Bytes, a multiple of the page size.</param>
    /// <param name="mode">AllowSrcHoles: absent source pages are skipped, not an error.</param>
    /// <exception cref="UserfaultfdException">EBUSY: a source page is shared or pinned; EEXIST: the destination is taken; EINVAL: not
    /// offered.</exception>
    public void Move(nuint destination, nuint source, nuint length, UffdioMoveMode mode = 0)
    {
        var argument = new UffdioMove { Dst = destination, Src = source, Len = length, Mode = (ulong)mode };
        var errno = Ioctl(UserfaultfdIoctls.UffdioMove, ref argument);
        Check("UFFDIO_MOVE", errno, new(destination, length), Done(argument.Move));
    }

    /// <summary>The kernel writes bytes done, or a negated errno, into the result field.</summary>
    private static nuint Done(long result) => result > 0 ? (nuint)result : 0;
}
