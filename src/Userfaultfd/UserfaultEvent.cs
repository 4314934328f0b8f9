using Faultline.Userfaultfd.Abi;

namespace Faultline.Userfaultfd;

/// <summary>One message read from a userfaultfd (<c>struct uffd_msg</c>). The records derived here are all there are.</summary>
public abstract record UserfaultEvent
{
    private protected UserfaultEvent()
    {
    }

    internal static UserfaultEvent Decode(in UffdMsg message, OpenOptions options) => (UffdEvent)message.Event switch
    {
        UffdEvent.Pagefault => new PageFaultEvent(
            message.Arg.Pagefault.Address, (UffdPagefaultFlag)message.Arg.Pagefault.Flags, message.Arg.Pagefault.Feat.Ptid),
        UffdEvent.Fork => new ForkEvent(
            UserfaultDescriptor.FromHandle(new SafeUserfaultHandle((int)message.Arg.Fork.Ufd, ownsHandle: true), options)),
        UffdEvent.Remap => new RemapEvent(message.Arg.Remap.From, message.Arg.Remap.To, message.Arg.Remap.Len),
        UffdEvent.Remove => new RemoveEvent(new(message.Arg.Remove.Start, message.Arg.Remove.End - message.Arg.Remove.Start)),
        UffdEvent.Unmap => new UnmapEvent(new(message.Arg.Remove.Start, message.Arg.Remove.End - message.Arg.Remove.Start)),
        _ => new UnknownEvent(message.Event),
    };
}

/// <summary>A thread is blocked in a page fault (UFFD_EVENT_PAGEFAULT). It waits until the fault is resolved and woken.</summary>
/// <param name="Address">The page's address; the exact byte when ExactAddress is enabled.</param>
/// <param name="Flags">Write: a write; Wp: on a protected page; Minor: the file has the page. No flag: a read of a missing page.</param>
/// <param name="ThreadId">The blocked thread's id when ThreadId is enabled, else 0.</param>
public sealed record PageFaultEvent(ulong Address, UffdPagefaultFlag Flags, uint ThreadId) : UserfaultEvent
{
    /// <summary>The access was a write.</summary>
    public bool IsWrite => (Flags & UffdPagefaultFlag.Write) != 0;

    /// <summary>The page is write-protected; <see cref="UserfaultDescriptor.RemoveWriteProtection"/> resolves it.</summary>
    public bool IsWriteProtect => (Flags & UffdPagefaultFlag.Wp) != 0;

    /// <summary>The file has the page; <see cref="UserfaultDescriptor.Continue"/> resolves it.</summary>
    public bool IsMinor => (Flags & UffdPagefaultFlag.Minor) != 0;

    /// <summary>The base page that faulted.</summary>
    public MemoryRange Page => MemoryRange.PageAround(Address);
}

/// <summary>The process forked (UFFD_EVENT_FORK). The fork(2) call blocks until this message is read.</summary>
/// <param name="Child">The userfaultfd of the child's memory, handshake and ranges inherited. The reader owns and must dispose it.</param>
public sealed record ForkEvent(UserfaultDescriptor Child) : UserfaultEvent;

/// <summary>mremap(2) moved watched memory (UFFD_EVENT_REMAP); its watch moved along.</summary>
/// <param name="From">Old address.</param>
/// <param name="To">New address.</param>
/// <param name="Length">Bytes of the old mapping.</param>
public sealed record RemapEvent(ulong From, ulong To, ulong Length) : UserfaultEvent;

/// <summary>madvise(2) is about to drop pages (UFFD_EVENT_REMOVE); reads after it find missing pages.</summary>
/// <param name="Range">The dropped memory.</param>
public sealed record RemoveEvent(MemoryRange Range) : UserfaultEvent;

/// <summary>Watched memory was unmapped (UFFD_EVENT_UNMAP).</summary>
/// <param name="Range">The memory that is gone.</param>
public sealed record UnmapEvent(MemoryRange Range) : UserfaultEvent;

/// <summary>A message this library does not know; a newer kernel sent it.</summary>
/// <param name="Number">The event number, <c>uffd_msg.event</c>.</param>
public sealed record UnknownEvent(byte Number) : UserfaultEvent;
