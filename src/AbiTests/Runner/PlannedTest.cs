using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Planning;

namespace Faultline.AbiTests.Runner;

/// <summary>One test of the plan, as the profile sees it.</summary>
internal sealed class PlannedTest(SuiteTest test, Profile profile)
{
    /// <summary>Unique and stable: class and method.</summary>
    internal string Id { get; } = test.Id;

    internal string Name { get; } = test.Method.Replace('_', ' ');

    internal string Suite => test.Suite;

    internal string? Row => test.Row;

    internal string? Scenario => test.Scenario;

    internal string? Feature => test.Feature;

    internal string? Title => test.Title;

    internal string? About => test.About;

    /// <summary>
    /// A generated test carries its feature's macro; the profile's own feature is what the control must refuse. A knob is what the control
    /// has not, whatever it does.
    /// </summary>
    internal bool IsPromise { get; } =
        test.NeedsKnob || (test.Scenario is not null ? profile.IsPromise(test.Scenario) : Promises.Includes(test, profile));

    /// <summary>False where the kernel has not what it takes, by its profile.</summary>
    internal bool IsAsked { get; } = !test.NeedsKnob || profile.Expect.ContainsKey(test.Scenario ?? "");

    internal void Run() => test.Run();
}
