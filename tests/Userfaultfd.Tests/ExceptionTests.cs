namespace Faultline.Userfaultfd.Tests;

public sealed class ExceptionTests
{
    [Fact]
    public void The_message_says_what_where_why_and_what_to_do()
    {
        var e = UserfaultfdDescriptor.Failure("UFFDIO_REGISTER", Errno.EBUSY, new MemoryRange(0x1000, 0x2000));
        Assert.Equal(
            "UFFDIO_REGISTER on 0x1000+0x2000 failed with EBUSY: another userfaultfd already watches part of the range; unregister it there first.",
            e.Message);
        Assert.Equal(Errno.EBUSY, e.Errno);
        Assert.Equal("UFFDIO_REGISTER", e.Operation);
        Assert.Equal(new MemoryRange(0x1000, 0x2000), e.Range);
    }

    [Fact]
    public void Without_range_and_hint_the_message_stays_short() =>
        Assert.Equal("poll failed with EIO.", UserfaultfdDescriptor.Failure("poll", Errno.EIO, null).Message);

    [Theory]
    [InlineData("userfaultfd", Errno.EPERM, "vm.unprivileged_userfaultfd")]
    [InlineData("userfaultfd", Errno.ENOSYS, "CONFIG_USERFAULTFD")]
    [InlineData("/dev/userfaultfd", Errno.EACCES, "permissions")]
    [InlineData("UFFDIO_API", Errno.EPERM, "CAP_SYS_PTRACE")]
    [InlineData("UFFDIO_COPY", Errno.EEXIST, "already mapped")]
    [InlineData("UFFDIO_COPY", Errno.EAGAIN, "pending event")]
    [InlineData("UFFDIO_WRITEPROTECT", Errno.ENOENT, "mode Wp")]
    [InlineData("UFFDIO_ZEROPAGE", Errno.ESRCH, "exited")]
    [InlineData("UFFDIO_POISON", Errno.ENOTTY, "does not have the ioctl")]
    public void A_hint_names_the_cause_of_this_call(string operation, Errno errno, string cause) =>
        Assert.Contains(cause, UserfaultfdDescriptor.Failure(operation, errno, null).Message);

    [Fact]
    public void Bytes_done_before_a_failure_are_kept() =>
        Assert.Equal((nuint)4096, UserfaultfdDescriptor.Failure("UFFDIO_COPY", Errno.EAGAIN, null, 4096).BytesDone);

    [Fact]
    public void A_missing_feature_is_named_beside_what_is_offered()
    {
        var e = new UserfaultfdFeatureException(UffdFeature.Move, UffdFeature.ThreadId, Errno.EINVAL);
        Assert.Equal(UffdFeature.Move, e.Missing);
        Assert.Contains("does not offer Move", e.Message);
        Assert.Contains("ThreadId", e.Message);
    }
}
