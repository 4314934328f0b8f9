namespace Faultline.AbiTests.Tests;

/// <summary>docs/rows.md says what the scenarios and the profiles of linux-patch say; <c>FAULTLINE_REWRITE_GOLDENS=1</c> writes it again.</summary>
public sealed class RowCatalogueTests
{
    private static string Path => System.IO.Path.Combine(CheckoutRoot.Path, "docs", "rows.md");

    [Fact]
    public void The_committed_catalogue_is_up_to_date()
    {
        var catalogue = RowCatalogue.Write(CheckoutRoot.Path);
        if (Environment.GetEnvironmentVariable("FAULTLINE_REWRITE_GOLDENS") == "1")
            File.WriteAllText(Path, catalogue);
        Assert.Equal(File.ReadAllText(Path), catalogue);
    }

    [Fact]
    public void Every_scenario_has_a_title_and_says_why_anyone_cares()
    {
        var scenarios = RowCatalogue.Scenarios;
        Assert.NotEmpty(scenarios);
        Assert.Equal(scenarios.Length, scenarios.Select(scenario => scenario.Title).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(scenarios, scenario =>
        {
            Assert.True(scenario.Title.Length is > 3 and <= 70 && !scenario.Title.EndsWith('.'), scenario.Key);
            Assert.True(scenario.About.Length is > 20 and <= 240 && scenario.About.EndsWith('.'), scenario.Key);
        });
    }
}
