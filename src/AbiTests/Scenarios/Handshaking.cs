using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>UFFDIO_API: what the kernel offers and what it refuses (userfaultfd_api).</summary>
public sealed class Handshaking
{
    private static FeatureBits Bits => FeatureBits.Current;

    [Scenario("R1", "An unknown feature bit",
        "Programs probe for features by asking for them. A kernel that let an unknown bit through would promise something that " +
        "it cannot do.")]
    public void An_unknown_feature_bit()
    {
        using var uffd = RawDescriptor.Userfaultfd(withHandshake: false);
        var errno = uffd.HandshakeAnswer(Bits.Unknown, out var api);
        var seen = Observation.Begin();
        seen["errno"] = Watched.Name(errno);
        seen["answer"] = (api.Api | api.Features | api.Ioctls) == 0 ? "zeroed" : $"0x{api.Api:x} 0x{api.Features:x} 0x{api.Ioctls:x}";
        seen.MustMatch();
    }

    [Scenario("R2", "The feature under test",
        "The kernel takes the feature when it is asked for, and refuses it when the series is not applied. Everything else " +
        "rests on this answer.")]
    public void The_feature_under_test()
    {
        using var uffd = RawDescriptor.Userfaultfd(withHandshake: false);
        var errno = uffd.Handshake(Bits.UnderTest, out ulong answer);
        var seen = Observation.Begin();
        seen["errno"] = Watched.Name(errno);
        seen["features"] = $"0x{Bits.Seen(answer):x}";
        seen.MustMatch();
    }

    [Scenario("R3", "No features asked for",
        "What the kernel offers, and that an offered feature is not in force unless a program asks for it: old programs must " +
        "not see the new behaviour.")]
    public void No_features_at_all()
    {
        using var memory = MemoryRegion.Anonymous(1);
        using var uffd = UserfaultfdDescriptor.Open();
        var api = uffd.Handshake();
        uffd.Register(memory.Range, UffdioRegisterMode.Wp);
        uffd.WriteProtect(memory.Range);
        var seen = Observation.Begin();
        seen["features"] = $"0x{Bits.Seen((ulong)api.Offered):x}";
        seen["pagemap"] = Pagemap.At(memory.Range.Start);
        seen.MustMatch();
    }

    [Scenario("R4-second", "A second handshake on the same descriptor",
        "Features are agreed on once. A second handshake that succeeded could switch them under a running monitor.")]
    public void A_second_handshake_on_the_same_descriptor()
    {
        using var uffd = RawDescriptor.Userfaultfd(withHandshake: true);
        var seen = Observation.Begin();
        seen["errno"] = Watched.Name(uffd.Handshake(0, out ulong _));
        seen.MustMatch();
    }

    [Scenario("R4-after-failure", "A handshake after a refused one",
        "A program that asked for too much must be able to ask again for less on the same descriptor.")]
    public void A_handshake_after_a_refused_one()
    {
        using var uffd = RawDescriptor.Userfaultfd(withHandshake: false);
        var seen = Observation.Begin();
        seen["refused"] = Watched.Name(uffd.Handshake(Bits.Unknown, out ulong _));
        seen["errno"] = Watched.Name(uffd.Handshake(0, out ulong _));
        seen.MustMatch();
    }

    [Scenario("R5", "Calls before the handshake",
        "Nothing may be registered or read before both sides agreed on the features.")]
    public void Calls_before_the_handshake()
    {
        using var memory = MemoryRegion.Anonymous(1);
        using var uffd = RawDescriptor.Userfaultfd(withHandshake: false);
        var register = new UffdioRegister { Mode = (ulong)UffdioRegisterMode.Wp };
        register.Range.Start = memory.Range.Start;
        register.Range.Len = memory.Range.Length;
        var seen = Observation.Begin();
        seen["register"] = Watched.Name(uffd.Ioctl(UserfaultfdIoctls.UffdioRegister, ref register));
        seen["read"] = uffd.Read();
        seen.MustMatch();
    }

    [Scenario("R6", "The descriptor's fdinfo",
        "/proc/PID/fdinfo is where an operator sees which features a monitor runs with.")]
    public void The_descriptors_fdinfo()
    {
        using var uffd = UserfaultfdDescriptor.Open();
        uffd.Handshake(Watched.FeaturesUnderTest & (UffdFeature)Bits.UnderTest);
        var seen = Observation.Begin();
        // API:<api>:<features in force>:<ioctls>; bit 31 of the features says that the handshake was made.
        seen["api"] = string.Join(':', Procfs.FdInfo(uffd, "API:").Split(':').Take(2));
        seen.MustMatch();
    }
}
