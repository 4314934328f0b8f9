using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;

namespace Faultline.AbiTests.Runner;

/// <summary>What a test needs of the machine beyond its kernel's promises. Only the machine's own kernel may lack it; the guest never does.</summary>
internal static class Requirements
{
    /// <summary>Why the test cannot be asked of this machine; null when it can.</summary>
    internal static string? Unmet(PlannedTest test, Profile profile) =>
        profile.IsReference && ExpectsTheZeroPage(test, profile) && !Pagemap.ReadsMapTheZeroPage
            ? "This kernel maps a page of its own where a hole is read, and the test is about the shared page of zeros."
            : null;

    private static bool ExpectsTheZeroPage(PlannedTest test, Profile profile) =>
        test.Scenario is { } key && profile.Expect.TryGetValue(key, out var expected) && expected.Values.Values.Any(value => value is "Z" or "Zw" or "H" or "Hw");
}
