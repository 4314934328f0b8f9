using System.Text.RegularExpressions;

namespace Faultline.AbiTests.Tests;

/// <summary>The scenarios and the tables of linux-patch/*/variant.toml are each other's mirror.</summary>
public sealed partial class CommittedProfilesTests
{
    private static readonly string[] Scenarios = Keys(needKnob: false), OfKnobs = Keys(needKnob: true);

    /// <summary>Every other profile inherits the control's tables, so that these say something about each row.</summary>
    [Fact]
    public void Each_scenario_has_one_table_in_the_controls_profile_and_each_table_has_its_scenario() =>
        Assert.Equal(Scenarios, Tables("base").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("wp-zeropage")]
    [InlineData("wp-unpopulated")]
    [InlineData("wp-pmd-marker")]
    [InlineData("upstream")]
    public void Each_table_of_another_profile_has_its_scenario(string profile) => Assert.Empty(Tables(profile).Except(Scenarios));

    [Fact]
    public void Each_scenario_that_needs_a_knob_has_its_table_wherever_there_is_one()
    {
        var profiles = Directory.GetDirectories(Path.Combine(CheckoutRoot.Path, "linux-patch", "knobs"));
        Assert.Equal(2, profiles.Length);
        Assert.All(profiles, profile => Assert.Equal(OfKnobs, Tables(Path.Combine("knobs", Path.GetFileName(profile)))));
    }

    private static string[] Keys(bool needKnob) =>
    [
        .. RowCatalogue.Scenarios.Where(scenario => scenario.NeedsKnob == needKnob).Select(scenario => scenario.Key)
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Tables(string profile) =>
        Expectation().Matches(File.ReadAllText(Path.Combine(CheckoutRoot.Path, "linux-patch", profile, "variant.toml"))).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^\[expect\.([^\]]+)\]", RegexOptions.Multiline)]
    private static partial Regex Expectation();
}
