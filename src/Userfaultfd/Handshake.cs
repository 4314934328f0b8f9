using Faultline.Userfaultfd.Abi;

namespace Faultline.Userfaultfd;

/// <summary>What a successful UFFDIO_API handshake agreed on.</summary>
/// <param name="Offered">Every feature the kernel has, enabled or not.</param>
/// <param name="Enabled">The features now in force on the descriptor.</param>
/// <param name="Ioctls">Bit n set: the descriptor itself takes ioctl number n (<c>_UFFDIO_REGISTER</c> and so on). Which ioctls a
/// range takes, <see cref="UserfaultfdDescriptor.Register"/> returns.</param>
public sealed record Handshake(UffdFeature Offered, UffdFeature Enabled, ulong Ioctls)
{
    /// <summary>Whether every bit of <paramref name="feature"/> is in force.</summary>
    public bool Has(UffdFeature feature) => (Enabled & feature) == feature;
}
