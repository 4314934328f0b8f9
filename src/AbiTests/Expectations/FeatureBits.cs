using System.Numerics;
using Faultline.AbiTests.Planning;

namespace Faultline.AbiTests.Expectations;

/// <summary>The feature bits of UFFDIO_API that the scenarios ask for, from the header of the kernel under test and the profile.</summary>
/// <param name="Header">Every bit that the header names.</param>
/// <param name="OfProfile">Number of the bit under test; null where the profile has no feature.</param>
/// <param name="MayOfferMore">The kernel may be newer than the header.</param>
internal sealed record FeatureBits(ulong Header, int? OfProfile, bool MayOfferMore)
{
    internal static FeatureBits Current => new(GeneratedPlan.Current.Features, Profile.Current.FeatureBit, Profile.Current.IsReference);

    /// <summary>The feature under test. Without one it is the lowest bit that the header leaves free, which the kernel must refuse.</summary>
    internal ulong UnderTest => OfProfile is { } bit ? 1UL << bit : ~Header & (Header + 1);

    /// <summary>A bit that neither header nor profile names: the highest.</summary>
    internal ulong Unknown => Free == 0
        ? throw new InvalidOperationException("Every feature bit has a meaning in this header, so that no unknown one can be asked for.")
        : 1UL << BitOperations.Log2(Free);

    private ulong Free => ~(Header | UnderTest);

    /// <summary>
    /// What a scenario records of an answer: all of it, for a kernel must not offer what its own header does not name. Only a kernel that may be
    /// newer than the header is asked about the named bits alone.
    /// </summary>
    internal ulong Seen(ulong answer) => MayOfferMore ? answer & ~Free : answer;
}
