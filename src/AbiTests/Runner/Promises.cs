using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Planning;

namespace Faultline.AbiTests.Runner;

/// <summary>Promises and scenarios do not match one to one.</summary>
internal static class Promises
{
    internal const string Identity = "identity";

    /// <summary>The profile's tables that none of <paramref name="tests"/> observes: without a test, what they promise would be neither kept nor broken.</summary>
    internal static string[] WithoutScenario(Profile profile, IEnumerable<PlannedTest> tests) =>
        [.. profile.Expect.Keys.Except(tests.Select(test => test.Scenario ?? ""))];

    /// <summary>Whether a test that is no scenario is a promise: the feature's own generated test, and the kernel's identity.</summary>
    internal static bool Includes(SuiteTest test, Profile profile) => profile.ControlExpect.Count > 0
        && ((profile.Feature is not null && test.Feature == profile.Feature) || (test.Row == Identity && profile.Tag.Length > 0));
}
