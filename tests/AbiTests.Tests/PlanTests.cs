using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Planning;
using Faultline.AbiTests.Runner;
using Xunit.Runner.Common;
using Xunit.Sdk;
using Xunit.v3;

namespace Faultline.AbiTests.Tests;

/// <summary>The plan that the compiler wrote, held against what xunit finds when it searches the same assembly.</summary>
public sealed class PlanTests
{
    private const string OwnNamespace = "Faultline.AbiTests.";

    [Fact]
    public async Task The_plan_holds_what_xunit_finds_and_says_the_same_of_it()
    {
        var found = (await Discovered()).Select(Told).Order(StringComparer.Ordinal).ToList();
        Assert.True(found.Count > 100, $"xunit found only {found.Count} tests");
        Assert.Equal(found, Suite.Tests.Select(Told).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_scenario_is_a_test_of_xunits_too()
    {
        var profile = Path.Combine(Path.GetTempPath(), $"faultline-profile-{Guid.NewGuid():n}.json");
        await File.WriteAllTextAsync(profile, """
            { "schema": "faultline-profile/1", "name": "example", "role": "reference", "tag": "", "observe": true, "expect": {} }
            """, TestContext.Current.CancellationToken);
        Profile.Load(profile);
        File.Delete(profile);
        var cases = (await Discovered()).Where(
            test => test.Traits.TryGetValue(ScenarioAttribute.KeyTrait, out var keys) && keys.Contains("R1"));
        var outcomes = new OutcomeSink();
        await Framework().GetExecutor(typeof(Suite).Assembly).RunTestCases(
            [.. cases], outcomes, TestFrameworkOptions.ForExecution(new TestAssemblyConfiguration()),
            TestContext.Current.CancellationToken);
        Assert.Equal(["passed"], outcomes.Seen);
        Assert.Equal("R1", Observation.Running);
    }

    [Fact]
    public void The_model_is_the_one_that_is_named_next_to_the_program_or_none_at_all()
    {
        var folder = Directory.CreateTempSubdirectory("faultline-abi-").FullName;
        try
        {
            var before = GeneratedPlan.Current;
            GeneratedPlan.Choose(folder);
            Assert.Same(before, GeneratedPlan.Current);
            File.WriteAllText(Path.Combine(folder, "abi"), "Kernel\n");
            GeneratedPlan.Choose(folder);
            Assert.Equal("Faultline.AbiTests.Kernel", GeneratedPlan.Current.Namespace);
            File.WriteAllText(Path.Combine(folder, "abi"), "M0123\n");
            var unknown = Assert.Throws<FormatException>(() => GeneratedPlan.Choose(folder));
            Assert.Contains("'M0123'", unknown.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ITestFramework Framework() => RegisteredEngineConfig.GetTestFramework(typeof(Suite).Assembly, null);

    private static async Task<List<ITestCase>> Discovered()
    {
        var found = new List<ITestCase>();
        var options = TestFrameworkOptions.ForDiscovery(new TestAssemblyConfiguration());
        options.SetPreEnumerateTheories(true);
        options.SetSynchronousMessageReporting(true);
        await Framework().GetDiscoverer(typeof(Suite).Assembly).Find(
            test =>
            {
                found.Add(test);
                return new(true);
            }, options, null, TestContext.Current.CancellationToken);
        return found;
    }

    /// <summary>A test as xunit names it and as its traits tell.</summary>
    private static string Told(ITestCase test)
    {
        var id = test.TestCaseDisplayName;
        return string.Join(" | ",
            id.StartsWith(OwnNamespace, StringComparison.Ordinal) ? id[OwnNamespace.Length..] : id, test.TestMethodName,
            Trait(ScenarioAttribute.SuiteTrait) ?? "scenario", Trait(ScenarioAttribute.RowTrait), Trait(ScenarioAttribute.KeyTrait),
            Trait(ScenarioAttribute.FeatureTrait), Trait(ScenarioAttribute.TitleTrait), Trait(ScenarioAttribute.AboutTrait),
            Trait(ScenarioAttribute.KnobTrait) == "true");

        string? Trait(string name) => test.Traits.TryGetValue(name, out var values) ? values.FirstOrDefault() : null;
    }

    private static string Told(SuiteTest test) => string.Join(" | ",
        test.Id, test.Method, test.Suite, test.Row, test.Scenario, test.Feature, test.Title, test.About, test.NeedsKnob);
}
