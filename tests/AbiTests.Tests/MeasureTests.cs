namespace Faultline.AbiTests.Tests;

public sealed class MeasureTests
{
    private const string Profile = """{ "schema": "faultline-profile/1", "name": "example", "role": "reference", "featureBit": FEATURE_BIT, "expect": {} }""";

    [Fact]
    [Trait("needs", "userfaultfd")]
    public void Protecting_untouched_memory_is_measured_beside_populating_it_first()
    {
        var run = SuiteProcess.Run(Profile.Replace("FEATURE_BIT", "13", StringComparison.Ordinal), "--measure", "protect=16");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.All(run.Names, name => Assert.Equal("measure", name));
        var found = run.Events.ToLookup(e => e.GetProperty("how").GetString(), e => (Prefault: e.GetProperty("prefault").GetDouble(), Protect: e.GetProperty("protect").GetDouble()));
        Assert.Equal(["populated", "untouched"], found.Select(how => how.Key).Order());
        Assert.All(found, how => Assert.Equal(5, how.Count()));
        // Four thousand page table entries are made by the one, and nothing at all by the other. The median: one preempted repetition says nothing.
        double Median(string how) => found[how].Select(one => one.Prefault).Order().ElementAt(2);
        Assert.True(Median("populated") > 10 * Median("untouched"), $"populated {Median("populated")}, untouched {Median("untouched")}");
    }

    [Fact]
    [Trait("needs", "userfaultfd")]
    public void A_kernel_without_the_feature_is_measured_without_it()
    {
        var run = SuiteProcess.Run(Profile.Replace("FEATURE_BIT", "62", StringComparison.Ordinal), "--measure", "protect=16");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["populated"], run.Events.Select(e => e.GetProperty("how").GetString()).Distinct());
    }

    [Theory]
    [InlineData("everything")]
    [InlineData("protect=0")]
    [InlineData("protect=much")]
    public void What_cannot_be_measured_is_named(string what)
    {
        var run = SuiteProcess.Run(Profile.Replace("FEATURE_BIT", "13", StringComparison.Ordinal), "--measure", what);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"'{what}'", run.Error, StringComparison.Ordinal);
    }
}
