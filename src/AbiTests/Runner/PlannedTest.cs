using Faultline.AbiTests.Expectations;
using Xunit.Sdk;

namespace Faultline.AbiTests.Runner;

/// <summary>One test of the plan.</summary>
internal sealed class PlannedTest
{
    private const string OwnNamespace = "Faultline.AbiTests.";

    internal PlannedTest(ITestCase testCase, Profile profile)
    {
        Case = testCase;
        var display = testCase.TestCaseDisplayName;
        Id = display.StartsWith(OwnNamespace, StringComparison.Ordinal) ? display[OwnNamespace.Length..] : display;
        var method = testCase.TestMethodName ?? "";
        var at = Id.LastIndexOf("." + method, StringComparison.Ordinal);
        Name = (method.Length > 0 && at >= 0 ? Id[(at + 1)..] : Id).Replace('_', ' ');
        Suite = Trait(ScenarioAttribute.SuiteTrait) ?? "scenario";
        Row = Trait(ScenarioAttribute.RowTrait);
        Scenario = Trait(ScenarioAttribute.KeyTrait);
        Feature = Trait(ScenarioAttribute.FeatureTrait);
        Title = Trait(ScenarioAttribute.TitleTrait);
        About = Trait(ScenarioAttribute.AboutTrait);
        IsAsked = Trait(ScenarioAttribute.KnobTrait) != "true" || profile.Expect.ContainsKey(Scenario ?? "");
        // A generated test carries its feature's macro; the profile's own feature is what the control must refuse.
        IsPromise = Scenario is not null ? profile.IsPromise(Scenario) : Promises.Includes(this, profile);
    }

    internal ITestCase Case { get; }

    /// <summary>Unique and stable: class, method and arguments.</summary>
    internal string Id { get; }

    internal string Name { get; }

    internal string Suite { get; }

    internal string? Row { get; }

    internal string? Scenario { get; }

    internal string? Feature { get; }

    internal string? Title { get; }

    internal string? About { get; }

    internal bool IsPromise { get; }

    /// <summary>False where the kernel has not what it takes, by its profile.</summary>
    internal bool IsAsked { get; }

    private string? Trait(string name) => Case.Traits.TryGetValue(name, out var values) ? values.FirstOrDefault() : null;
}
