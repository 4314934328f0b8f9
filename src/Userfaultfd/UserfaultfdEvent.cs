using Faultline.Userfaultfd.Abi;

namespace Faultline.Userfaultfd;

/// <summary>One message read from a userfaultfd (<c>struct uffd_msg</c>). The records derived here are all there are.</summary>
public abstract record UserfaultfdEvent
{
    private protected UserfaultfdEvent()
    {
    }

    internal static UserfaultfdEvent Decode(in UffdMsg message, OpenOptions options) => (UffdEvent)message.Event switch
    {
        UffdEvent.Pagefault => new PageFaultEvent(
            (nuint)message.Arg.Pagefault.Address, (UffdPagefaultFlag)message.Arg.Pagefault.Flags, message.Arg.Pagefault.Feat.Ptid),
        UffdEvent.Fork => new ForkEvent(
            UserfaultfdDescriptor.FromHandle(new SafeUserfaultfdHandle((int)message.Arg.Fork.Ufd, ownsHandle: true), options)),
        UffdEvent.Remap => new RemapEvent(
            (nuint)message.Arg.Remap.From, (nuint)message.Arg.Remap.To, (nuint)message.Arg.Remap.Len),
        UffdEvent.Remove => new RemoveEvent(RangeOf(message.Arg.Remove)),
        UffdEvent.Unmap => new UnmapEvent(RangeOf(message.Arg.Remove)),
        _ => new UnknownEvent(message.Event),
    };

    private static MemoryRange RangeOf(in UffdMsg.ArgUnion.RemoveStruct removed) =>
        new((nuint)removed.Start, (nuint)(removed.End - removed.Start));
}

/// <summary>A thread is blocked in a page fault (UFFD_EVENT_PAGEFAULT). It waits until the fault is resolved and woken.</summary>
/// <param name="Address">The page's address; the exact byte when ExactAddress is enabled.</param>
/// <param name="Flags">Write: a write; Wp: on a protected page; Minor: the file has the page. No flag: a read of a missing page.</param>
/// <param name="ThreadId">The blocked thread's id when ThreadId is enabled, else 0.</param>
public sealed record PageFaultEvent(nuint Address, UffdPagefaultFlag Flags, uint ThreadId) : UserfaultfdEvent
{
    /// <summary>The access was a write.</summary>
    public bool IsWrite => (Flags & UffdPagefaultFlag.Write) != 0;

    /// <summary>The page is write-protected; <see cref="UserfaultfdDescriptor.RemoveWriteProtection"/> resolves it.</summary>
    public bool IsWriteProtect => (Flags & UffdPagefaultFlag.Wp) != 0;

    /// <summary>The file has the page; <see cref="UserfaultfdDescriptor.Continue"/> resolves it.</summary>
    public bool IsMinor => (Flags & UffdPagefaultFlag.Minor) != 0;

    /// <summary>The base page that faulted.</summary>
    public MemoryRange Page => MemoryRange.PageAround(Address);
}

/// <summary>The process forked (UFFD_EVENT_FORK). The fork(2) call blocks until this message is read.</summary>
/// <param name="Child">The userfaultfd of the child's memory, handshake and ranges inherited. The reader owns and must dispose it.</param>
public sealed record ForkEvent(UserfaultfdDescriptor Child) : UserfaultfdEvent;

/// <summary>mremap(2) moved watched memory (UFFD_EVENT_REMAP); its watch moved along.</summary>
/// <param name="From">Old address.</param>
/// <param name="To">New address.</param>
/// <param name="Length">Bytes of the old mapping.</param>
public sealed record RemapEvent(nuint From, nuint To, nuint Length) : UserfaultfdEvent;

/// <summary>madvise(2) is about to drop pages (UFFD_EVENT_REMOVE); reads after it find missing pages.</summary>
/// <param name="Range">The dropped memory.</param>
public sealed record RemoveEvent(MemoryRange Range) : UserfaultfdEvent;

/// <summary>Watched memory was unmapped (UFFD_EVENT_UNMAP).</summary>
/// <param name="Range">The memory that is gone.</param>
public sealed record UnmapEvent(MemoryRange Range) : UserfaultfdEvent;

/// <summary>A message this library does not know; a newer kernel sent it.</summary>
/// <param name="Number">The event number, <c>uffd_msg.event</c>.</param>
public sealed record UnknownEvent(byte Number) : UserfaultfdEvent;
