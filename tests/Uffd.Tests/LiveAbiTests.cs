using Faultline.UffdProbe;
using Faultline.Userfaultfd;
using Faultline.Userfaultfd.Abi;
using Faultline.Userfaultfd.Native;
using Faultline.Userfaultfd.Tests;

namespace Faultline.Uffd.Tests;

/// <summary>What a probe finds on the running kernel must be what the library, used as a program would, finds too.</summary>
[Trait("needs", "userfaultfd")]
public sealed class LiveAbiTests
{
    private static readonly LiveAbi Live = LiveAbi.Probe();

    [Fact]
    public void Features_and_ioctls_are_those_of_the_handshake()
    {
        var api = UserfaultfdDescriptor.Probe();
        Assert.Equal(((ulong)api.Offered, api.Ioctls), (Live.Features, Live.Ioctls));
    }

    /// <summary>The kernel may be newer than the library's header, never older than its oldest ioctls.</summary>
    [Fact]
    public void Requests_are_found_without_a_header()
    {
        uint[] oldest = [UserfaultfdIoctls.UffdioApi.Code, UserfaultfdIoctls.UffdioRegister.Code, UserfaultfdIoctls.UffdioUnregister.Code, UserfaultfdIoctls.UffdioWake.Code, UserfaultfdIoctls.UffdioCopy.Code, UserfaultfdIoctls.UffdioZeropage.Code];
        Assert.Superset(oldest.ToHashSet(), Live.Requests.ToHashSet());
        Assert.Equal(Live.Requests.Order(), Live.Requests);
        // One code for each number: a kernel that knew more would accept arguments of several sizes.
        Assert.Equal(Live.Requests.Count, Live.Requests.DistinctBy(code => code & 0xff).Count());
        using var uffd = UserfaultfdDescriptor.Open();
        uffd.Handshake();
        Assert.All(Live.Requests, code => Assert.NotEqual(Errno.EINVAL, Null(uffd, code)));
        Assert.All(Live.Requests, code => Assert.Equal(Errno.EINVAL, Null(uffd, code ^ (8u << 16))));
    }

    [Fact]
    public unsafe void A_message_is_as_long_as_the_struct() => Assert.Equal(sizeof(UffdMsg), Live.MessageSize);

    [Fact]
    public void Ranges_answer_as_register_does()
    {
        Assert.Equal(7, Live.Ranges.Count(range => range.Memory == "anon"));
        using var memory = new WatchedMemory();
        using var uffd = UserfaultfdDescriptor.Open();
        uffd.Handshake();
        foreach (var range in Live.Ranges.Where(range => range.Memory == "anon"))
        {
            var errno = uffd.TryRegister(memory.Range, range.Modes, out var ioctls);
            Assert.Equal((range.Errno, range.Ioctls), (errno, ioctls));
            if (errno == Errno.None)
                uffd.Unregister(memory.Range);
        }
        Assert.Equal("missing+wp", Live.Ranges.Single(range => range is { Memory: "anon", Modes: UffdioRegisterMode.Missing | UffdioRegisterMode.Wp }).ModeNames);
        Assert.NotEqual(0ul, Live.RegisterModes & (ulong)UffdioRegisterMode.Missing);
        Assert.Equal(0ul, Live.RegisterModes & 1UL << 63);
    }

    [Fact]
    public void Facts_hold_everything()
    {
        var facts = Live.ToFacts();
        Assert.Equal($"0x{Live.Features:x}", facts["features"]);
        Assert.Equal($"0x{Live.Ioctls:x}", facts["ioctls"]);
        Assert.Equal(Live.Requests.Select(code => $"0x{code:x}"), facts["requests"].Split(' '));
        Assert.Equal(Live.Ranges.Count, facts.Keys.Count(name => name.StartsWith("range.", StringComparison.Ordinal)));
        Assert.Equal("EINVAL", facts["range.anon.minor"]);
        Assert.Equal("32", facts["message"]);
    }

    private static Errno Null(UserfaultfdDescriptor uffd, uint code) =>
        Libc.Ioctl((int)uffd.Handle.DangerousGetHandle(), code, 0) >= 0 ? Errno.None : Libc.LastErrno();
}
