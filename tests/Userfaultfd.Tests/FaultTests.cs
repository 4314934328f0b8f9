namespace Faultline.Userfaultfd.Tests;

/// <summary>Faults and their resolution, on the running kernel.</summary>
[Trait("needs", "userfaultfd")]
public sealed class FaultTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_missing_page_is_filled_by_copy()
    {
        using var memory = new WatchedMemory();
        using var source = new WatchedMemory();
        using var uffd = Watch(memory, UffdioRegisterMode.Missing);
        await source.Write(77);

        var read = memory.Read();
        var fault = Assert.IsType<PageFaultEvent>(uffd.ReadEvent(Soon));
        Assert.False(read.IsCompleted);
        Assert.Equal((memory.Range, false), (fault.Page, fault.IsWrite));
        uffd.Copy(fault.Page.Start, source.Range.Start, fault.Page.Length);
        Assert.Equal(77, await read.WaitAsync(Soon, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_missing_page_is_filled_with_zeros()
    {
        using var memory = new WatchedMemory();
        using var uffd = Watch(memory, UffdioRegisterMode.Missing);
        var write = memory.Write(1);
        Assert.True(Assert.IsType<PageFaultEvent>(uffd.ReadEvent(Soon)).IsWrite);
        uffd.ZeroPage(memory.Range);
        await write.WaitAsync(Soon, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_protected_page_holds_its_writer_until_it_is_released()
    {
        using var memory = new WatchedMemory();
        await memory.Write(1);
        using var uffd = Watch(memory, UffdioRegisterMode.Wp);
        uffd.WriteProtect(memory.Range);
        Assert.Equal(1, await memory.Read());

        var write = memory.Write(2);
        Assert.True(Assert.IsType<PageFaultEvent>(uffd.ReadEvent(Soon)).IsWriteProtect);
        uffd.RemoveWriteProtection(memory.Range, wake: false);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(write.IsCompleted);
        uffd.Wake(memory.Range);
        Assert.Equal(2, await write.WaitAsync(Soon, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_stream_of_events_ends_when_the_descriptor_is_disposed()
    {
        using var memory = new WatchedMemory(pages: 3);
        using var source = new WatchedMemory();
        var uffd = Watch(memory, UffdioRegisterMode.Missing);
        var reads = new[] { memory.Read(0), memory.Read(1), memory.Read(2) };
        var pages = new HashSet<ulong>();
        await foreach (var e in uffd.ReadEventsAsync(TestContext.Current.CancellationToken))
        {
            var page = ((PageFaultEvent)e).Page;
            uffd.Copy(page.Start, source.Range.Start, page.Length);
            if (pages.Add(page.Start) && pages.Count == 3)
                uffd.Dispose();
        }
        await Task.WhenAll(reads).WaitAsync(Soon, TestContext.Current.CancellationToken);
        Assert.Equal(3, pages.Count);
    }

    [Fact]
    public async Task A_stream_of_events_ends_when_it_is_cancelled()
    {
        using var memory = new WatchedMemory();
        using var uffd = Watch(memory, UffdioRegisterMode.Missing);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await foreach (var e in uffd.ReadEventsAsync(cancel.Token))
            Assert.Fail($"Nobody touched the memory, yet {e} came.");
        Assert.True(cancel.IsCancellationRequested);
    }

    [Fact]
    public async Task A_pump_answers_faults_until_it_is_disposed()
    {
        using var memory = new WatchedMemory(pages: 2);
        using var uffd = Watch(memory, UffdioRegisterMode.Missing);
        using (var pump = uffd.StartPump(e => uffd.ZeroPage(((PageFaultEvent)e).Page)))
        {
            await memory.Read(0).WaitAsync(Soon, TestContext.Current.CancellationToken);
            Assert.Null(pump.Error);
        }
        var late = memory.Read(1);
        Assert.IsType<PageFaultEvent>(uffd.ReadEvent(Soon));
        uffd.ZeroPage(memory.Range.Pages(1));
        await late.WaitAsync(Soon, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_handler_that_throws_ends_the_pump_with_its_error()
    {
        using var memory = new WatchedMemory();
        var uffd = Watch(memory, UffdioRegisterMode.Missing);
        var ended = new TaskCompletionSource<Exception?>();
        using var pump = uffd.StartPump(_ => throw new InvalidOperationException("deliberate"), ended.SetResult);
        var read = memory.Read();
        Assert.Equal("deliberate", (await ended.Task.WaitAsync(Soon, TestContext.Current.CancellationToken))?.Message);
        uffd.Dispose();
        await read.WaitAsync(Soon, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Closing_releases_a_blocked_thread()
    {
        using var memory = new WatchedMemory();
        var uffd = Watch(memory, UffdioRegisterMode.Missing);
        var read = memory.Read();
        Assert.NotNull(uffd.ReadEvent(Soon));
        uffd.Dispose();
        Assert.Equal(0, await read.WaitAsync(Soon, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_blocked_thread_does_not_stall_the_garbage_collector()
    {
        using var memory = new WatchedMemory();
        using var uffd = Watch(memory, UffdioRegisterMode.Missing);
        var read = memory.Read();
        Assert.NotNull(uffd.ReadEvent(Soon));
        var collections = GC.CollectionCount(2);
        GC.Collect(2, GCCollectionMode.Forced, blocking: true);
        Assert.False(read.IsCompleted);
        Assert.True(GC.CollectionCount(2) > collections);
        uffd.ZeroPage(memory.Range);
        await read.WaitAsync(Soon, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Without_an_event_waiting_ends_in_time()
    {
        using var memory = new WatchedMemory();
        using var uffd = Watch(memory, UffdioRegisterMode.Missing);
        Assert.Null(uffd.ReadEvent(TimeSpan.Zero));
        Assert.Null(uffd.ReadEvent(TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public void A_blocking_descriptor_cannot_be_waited_on()
    {
        using var uffd = UserfaultfdDescriptor.Open(OpenOptions.CloseOnExec);
        uffd.Handshake();
        Assert.Contains("NonBlock", Assert.Throws<InvalidOperationException>(() => uffd.ReadEvent(TimeSpan.Zero)).Message);
        Assert.Throws<InvalidOperationException>(() => uffd.StartPump(_ => { }));
    }

    [Fact]
    public async Task A_page_the_file_has_is_mapped_by_continue()
    {
        SkipUnlessOffered(UffdFeature.MinorShmem, "Minor faults of shared memory came with Linux 5.14");
        var (memory, other) = WatchedMemory.TwoViewsOfAFile();
        using (memory)
        using (other)
        {
            await other.Write(42);
            using var uffd = Watch(memory, UffdioRegisterMode.Minor, UffdFeature.MinorShmem);
            var read = memory.Read();
            var fault = Assert.IsType<PageFaultEvent>(uffd.ReadEvent(Soon));
            Assert.False(read.IsCompleted);
            Assert.Equal((memory.Range, true), (fault.Page, fault.IsMinor));
            uffd.Continue(fault.Page);
            Assert.Equal(42, await read.WaitAsync(Soon, TestContext.Current.CancellationToken));
            Assert.Equal(Errno.EEXIST, uffd.TryContinue(fault.Page, 0, out var mapped));
            Assert.Equal(0ul, mapped);
        }
    }

    [Fact]
    public async Task Continue_tells_how_much_it_mapped_before_the_file_ended()
    {
        SkipUnlessOffered(UffdFeature.MinorShmem, "Minor faults of shared memory came with Linux 5.14");
        var (memory, other) = WatchedMemory.TwoViewsOfAFile(pages: 3);
        using (memory)
        using (other)
        {
            await other.Write(1, page: 0);
            await other.Write(2, page: 1);
            using var uffd = Watch(memory, UffdioRegisterMode.Minor, UffdFeature.MinorShmem);
            Assert.Equal(Errno.EAGAIN, uffd.TryContinue(memory.Range, 0, out var mapped));
            Assert.Equal(2 * MemoryRange.PageSize, mapped);
            Assert.Equal((1, 2), (await memory.Read(0), await memory.Read(1)));
        }
    }

    [Fact]
    public async Task A_poisoned_page_is_there_and_cannot_be_read()
    {
        SkipUnlessOffered(UffdFeature.Poison, "UFFDIO_POISON came with Linux 6.6");
        using var memory = new WatchedMemory();
        using var uffd = Watch(memory, UffdioRegisterMode.Missing, UffdFeature.Poison);
        // By the kernel, whom it costs an errno: a touch of our own would end the process with SIGBUS.
        var read = memory.ReadByTheKernel();
        var fault = Assert.IsType<PageFaultEvent>(uffd.ReadEvent(Soon));
        Assert.False(read.IsCompleted);
        uffd.Poison(fault.Page);
        Assert.Equal(Errno.EFAULT, await read.WaitAsync(Soon, TestContext.Current.CancellationToken));
        Assert.Null(uffd.ReadEvent(TimeSpan.Zero));
        Assert.Equal(Errno.EEXIST, Assert.Throws<UserfaultfdException>(() => uffd.Poison(memory.Range)).Errno);
    }

    [Fact]
    public async Task A_page_is_moved_where_the_kernel_offers_it()
    {
        SkipUnlessOffered(UffdFeature.Move, "UFFDIO_MOVE came with Linux 6.8");
        using var destination = new WatchedMemory();
        using var source = new WatchedMemory();
        using var uffd = Watch(destination, UffdioRegisterMode.Missing, UffdFeature.Move);
        await source.Write(9);
        uffd.Move(destination.Range.Start, source.Range.Start, destination.Range.Length);
        Assert.Equal(9, await destination.Read());
    }

    private static void SkipUnlessOffered(UffdFeature feature, string since) =>
        Assert.SkipUnless((UserfaultfdDescriptor.Probe().Offered & feature) == feature, $"{since}; this kernel does not offer it.");

    private static UserfaultfdDescriptor Watch(WatchedMemory memory, UffdioRegisterMode mode, UffdFeature feature = UffdFeature.PagefaultFlagWp)
    {
        var uffd = UserfaultfdDescriptor.Open();
        uffd.Handshake(feature);
        uffd.Register(memory.Range, mode);
        return uffd;
    }
}
