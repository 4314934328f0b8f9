using Faultline.AbiTests.Support;

namespace Faultline.AbiTests.Runner;

/// <summary>Promises that are no scenario: the feature's own generated test, and the kernel's identity.</summary>
internal static class Promises
{
    internal const string Identity = "identity";

    internal static bool Includes(PlannedTest test, Profile profile) => profile.BaselineExpect.Count > 0
        && ((profile.Feature is not null && test.Feature == profile.Feature) || (test.Row == Identity && profile.Tag.Length > 0));
}
