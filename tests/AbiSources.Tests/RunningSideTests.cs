using Faultline.AbiSources.Sides;
using Faultline.Userfaultfd;

namespace Faultline.AbiSources.Tests;

/// <summary>Why a running kernel cannot be asked.</summary>
public sealed class RunningSideTests
{
    private static Exception Explained(Errno errno) => RunningSide.Explain(new UserfaultfdException("userfaultfd", errno, null, "a hint."));

    [Theory]
    [InlineData(Errno.EPERM)]
    [InlineData(Errno.EACCES)]
    public void A_refusal_is_a_matter_of_permission(Errno errno) =>
        Assert.Contains("seccomp", Assert.IsType<NotPermittedException>(Explained(errno)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(Errno.ENOSYS)]
    [InlineData(Errno.EMFILE)]
    [InlineData(Errno.EINVAL)]
    public void Any_other_failure_is_told_as_it_is(Errno errno)
    {
        var message = Assert.IsType<SideException>(Explained(errno)).Message;
        Assert.Contains($"{errno}: a hint.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("seccomp", message, StringComparison.Ordinal);
    }
}
