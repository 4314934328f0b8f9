using Faultline.AbiTests.Support;

namespace Faultline.AbiTests.Scenarios;

/// <summary>UFFDIO_API: what the kernel offers and what it refuses (userfaultfd_api).</summary>
public sealed class Handshaking
{
    private static FeatureBits Bits => FeatureBits.Current;

    [Scenario("R1")]
    public void An_unknown_feature_bit()
    {
        using var uffd = RawDescriptor.Userfaultfd(withHandshake: false);
        var errno = uffd.HandshakeAnswer(Bits.Unknown, out var api);
        var seen = Observation.Begin();
        seen["errno"] = Watched.Name(errno);
        seen["answer"] = (api.Api | api.Features | api.Ioctls) == 0 ? "zeroed" : $"0x{api.Api:x} 0x{api.Features:x} 0x{api.Ioctls:x}";
        seen.MustMatch();
    }

    [Scenario("R2")]
    public void The_feature_under_test()
    {
        using var uffd = RawDescriptor.Userfaultfd(withHandshake: false);
        var errno = uffd.Handshake(Bits.UnderTest, out ulong answer);
        var seen = Observation.Begin();
        seen["errno"] = Watched.Name(errno);
        seen["features"] = $"0x{Bits.Seen(answer):x}";
        seen.MustMatch();
    }

    [Scenario("R3")]
    public void No_features_at_all()
    {
        using var memory = MemoryRegion.Anonymous(1);
        using var uffd = UserfaultDescriptor.Open();
        var api = uffd.Handshake();
        uffd.Register(memory.Range, UffdioRegisterMode.Wp);
        uffd.WriteProtect(memory.Range);
        var seen = Observation.Begin();
        seen["features"] = $"0x{Bits.Seen((ulong)api.Offered):x}";
        seen["pagemap"] = Pagemap.At(memory.Range.Start);
        seen.MustMatch();
    }

    [Scenario("R4-second")]
    public void A_second_handshake_on_the_same_descriptor()
    {
        using var uffd = RawDescriptor.Userfaultfd(withHandshake: true);
        var seen = Observation.Begin();
        seen["errno"] = Watched.Name(uffd.Handshake(0, out ulong _));
        seen.MustMatch();
    }

    [Scenario("R4-after-failure")]
    public void A_handshake_after_a_refused_one()
    {
        using var uffd = RawDescriptor.Userfaultfd(withHandshake: false);
        var seen = Observation.Begin();
        seen["refused"] = Watched.Name(uffd.Handshake(Bits.Unknown, out ulong _));
        seen["errno"] = Watched.Name(uffd.Handshake(0, out ulong _));
        seen.MustMatch();
    }

    [Scenario("R5")]
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

    [Scenario("R6")]
    public void The_descriptors_fdinfo()
    {
        using var uffd = UserfaultDescriptor.Open();
        uffd.Handshake(Watched.FeaturesUnderTest & (UffdFeature)Bits.UnderTest);
        var seen = Observation.Begin();
        // API:<api>:<features in force>:<ioctls>; bit 31 of the features says that the handshake was made.
        seen["api"] = string.Join(':', Procfs.FdInfo(uffd, "API:").Split(':').Take(2));
        seen.MustMatch();
    }
}
