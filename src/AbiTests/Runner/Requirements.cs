using System.Text.RegularExpressions;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;

namespace Faultline.AbiTests.Runner;

/// <summary>What a test needs of the machine beyond its kernel's promises. Only the machine's own kernel may lack it; the guest never does.</summary>
internal static partial class Requirements
{
    /// <summary>Why the test cannot be asked of this machine; null when it can.</summary>
    internal static string? Unmet(PlannedTest test, Profile profile) =>
        profile.IsReference && !Pagemap.ReadsMapTheZeroPage && ExpectsTheZeroPage(test, profile)
            ? "This kernel maps a page of its own where a hole is read, and the test is about the shared page of zeros."
            : null;

    /// <summary>Whether a page of zeros, small or huge, is among the states that an observable's value lists (<see cref="Pagemap"/>).</summary>
    /// <param name="value">A state, or several with other words: <c>Zw</c>, <c>M*100 Zw*1 M*411</c>, <c>ok, none, Zw</c>.</param>
    internal static bool NamesTheZeroPage(string value) => ZeroPage().IsMatch(value);

    private static bool ExpectsTheZeroPage(PlannedTest test, Profile profile) =>
        test.Scenario is { } key && profile.Expect.TryGetValue(key, out var expected) && expected.Values.Values.Any(NamesTheZeroPage);

    [GeneratedRegex(@"(?<![\w-])[ZH]w?(?![\w-])")]
    private static partial Regex ZeroPage();
}
