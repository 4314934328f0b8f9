namespace Faultline.Userfaultfd.Tests;

public sealed class EventDecodingTests
{
    [Fact]
    public void A_page_fault_tells_address_kind_and_thread()
    {
        var message = new UffdMsg { Event = (byte)UffdEvent.Pagefault };
        message.Arg.Pagefault.Address = 0x7123;
        message.Arg.Pagefault.Flags = (ulong)(UffdPagefaultFlag.Wp | UffdPagefaultFlag.Write);
        message.Arg.Pagefault.Feat.Ptid = 42;

        var fault = Assert.IsType<PageFaultEvent>(UserfaultfdEvent.Decode(message, OpenOptions.Default));
        Assert.Equal((0x7123ul, 42u), (fault.Address, fault.ThreadId));
        Assert.Equal(MemoryRange.PageAround(0x7123), fault.Page);
        Assert.True(fault.IsWrite);
        Assert.True(fault.IsWriteProtect);
        Assert.False(fault.IsMinor);
    }

    [Fact]
    public void A_remap_tells_both_places()
    {
        var message = new UffdMsg { Event = (byte)UffdEvent.Remap };
        message.Arg.Remap.From = 0x1000;
        message.Arg.Remap.To = 0x9000;
        message.Arg.Remap.Len = 0x3000;
        Assert.Equal(new RemapEvent(0x1000, 0x9000, 0x3000), UserfaultfdEvent.Decode(message, OpenOptions.Default));
    }

    [Theory]
    [InlineData(UffdEvent.Remove)]
    [InlineData(UffdEvent.Unmap)]
    public void Removed_and_unmapped_memory_is_a_range(UffdEvent kind)
    {
        var message = new UffdMsg { Event = (byte)kind };
        message.Arg.Remove.Start = 0x4000;
        message.Arg.Remove.End = 0x6000;
        var range = UserfaultfdEvent.Decode(message, OpenOptions.Default) switch
        {
            RemoveEvent e when kind == UffdEvent.Remove => e.Range,
            UnmapEvent e when kind == UffdEvent.Unmap => e.Range,
            var other => throw new InvalidOperationException($"{kind} was decoded as {other}"),
        };
        Assert.Equal(new MemoryRange(0x4000, 0x2000), range);
    }

    [Fact]
    public void A_number_nobody_knows_is_passed_on() =>
        Assert.Equal(new UnknownEvent(0x7f), UserfaultfdEvent.Decode(new UffdMsg { Event = 0x7f }, OpenOptions.Default));

    [Fact]
    public void Ioctl_bits_are_looked_up_by_request()
    {
        var ioctls = new RangeIoctls(1UL << 3);
        Assert.True(ioctls.Supports(UserfaultfdIoctls.UffdioCopy));
        Assert.False(ioctls.Supports(UserfaultfdIoctls.UffdioZeropage));
    }
}
