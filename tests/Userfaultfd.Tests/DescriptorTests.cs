namespace Faultline.Userfaultfd.Tests;

/// <summary>Opening, handshake, ranges and their errors, on the running kernel.</summary>
[Trait("needs", "userfaultfd")]
public sealed class DescriptorTests
{
    [Fact]
    public void It_opens_by_system_call()
    {
        using var uffd = UserfaultfdDescriptor.Open();
        Assert.False(uffd.Handle.IsInvalid);
        Assert.Null(uffd.Api);
    }

    [Fact]
    public void It_opens_through_the_device()
    {
        using var uffd = UserfaultfdDescriptor.OpenDevice();
        Assert.NotEqual(0ul, uffd.Handshake().Ioctls);
    }

    [Fact]
    public void Optional_features_are_enabled_as_far_as_offered()
    {
        const UffdFeature fromTheFuture = (UffdFeature)(1UL << 62);
        using var uffd = UserfaultfdDescriptor.Open();
        var api = uffd.Handshake(required: UffdFeature.ThreadId, optional: UffdFeature.ExactAddress | fromTheFuture);
        Assert.Equal(UffdFeature.ThreadId | UffdFeature.ExactAddress, api.Enabled);
        Assert.True(api.Has(UffdFeature.ThreadId));
        Assert.False(api.Has(UffdFeature.ThreadId | UffdFeature.Sigbus));
        Assert.Same(api, uffd.Api);
    }

    [Fact]
    public void A_missing_required_feature_is_named_and_leaves_the_descriptor_usable()
    {
        const UffdFeature fromTheFuture = (UffdFeature)(1UL << 62);
        using var uffd = UserfaultfdDescriptor.Open();
        var e = Assert.Throws<UserfaultfdFeatureException>(() => uffd.Handshake(fromTheFuture | UffdFeature.ThreadId));
        Assert.Equal(fromTheFuture, e.Missing);
        Assert.Equal(UffdFeature.ThreadId, uffd.Handshake(UffdFeature.ThreadId).Enabled);
    }

    [Fact]
    public void A_second_handshake_is_refused()
    {
        using var uffd = UserfaultfdDescriptor.Open();
        uffd.Handshake();
        Assert.Equal(Errno.EINVAL, Assert.Throws<UserfaultfdException>(() => uffd.Handshake()).Errno);
    }

    [Fact]
    public void Registering_tells_which_ioctls_the_range_takes()
    {
        using var memory = new WatchedMemory();
        using var uffd = Ready();
        var ioctls = uffd.Register(memory.Range, UffdioRegisterMode.Missing | UffdioRegisterMode.Wp);
        Assert.True(ioctls.Supports(UserfaultfdIoctls.UffdioCopy));
        Assert.True(ioctls.Supports(UserfaultfdIoctls.UffdioWriteprotect));
        Assert.False(ioctls.Supports(UserfaultfdIoctls.UffdioContinue), "anonymous memory without minor faults takes no UFFDIO_CONTINUE");
    }

    [Fact]
    public void A_range_watched_elsewhere_is_busy()
    {
        using var memory = new WatchedMemory();
        using var first = Ready();
        using var second = Ready();
        first.Register(memory.Range, UffdioRegisterMode.Missing);
        var e = Assert.Throws<UserfaultfdException>(() => second.Register(memory.Range, UffdioRegisterMode.Missing));
        Assert.Equal((Errno.EBUSY, memory.Range), (e.Errno, e.Range));
        first.Unregister(memory.Range);
        second.Register(memory.Range, UffdioRegisterMode.Missing);
    }

    [Fact]
    public void Protecting_memory_nobody_registered_is_an_error_with_a_hint()
    {
        using var memory = new WatchedMemory();
        using var uffd = Ready();
        var e = Assert.Throws<UserfaultfdException>(() => uffd.WriteProtect(memory.Range));
        Assert.Equal(Errno.ENOENT, e.Errno);
        Assert.NotNull(e.Hint);
    }

    [Fact]
    public void Copying_twice_is_an_error_that_changes_nothing()
    {
        using var memory = new WatchedMemory();
        using var source = new WatchedMemory();
        using var uffd = Ready();
        uffd.Register(memory.Range, UffdioRegisterMode.Missing);
        uffd.Copy(memory.Range.Start, source.Range.Start, memory.Range.Length);
        Assert.Equal(Errno.EEXIST, uffd.TryCopy(memory.Range.Start, source.Range.Start, memory.Range.Length, 0, out var copied));
        Assert.Equal(0ul, copied);
    }

    [Fact]
    public void Unknown_requests_come_back_as_an_errno()
    {
        using var uffd = Ready();
        var argument = 0UL;
        Assert.Equal(Errno.EINVAL, uffd.Ioctl(new IoctlRequest<ulong>(0xC008AA3E), ref argument));
    }

    private static UserfaultfdDescriptor Ready()
    {
        var uffd = UserfaultfdDescriptor.Open();
        uffd.Handshake(UffdFeature.PagefaultFlagWp);
        return uffd;
    }
}
