using System.Text.Json;

namespace Faultline.Cli.Tests;

public class MutantsCommandTests
{
    [Fact]
    public async Task An_unknown_wrong_version_is_answered_with_the_known_ones()
    {
        var result = await Command.RunAsync("mutants", "--variant", "wp-pmd-marker", "fork-forgest");
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains("fork-forgest: no wrong version has this name; there are fork-forgets, ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variant_that_has_none_says_where_they_would_be()
    {
        var result = await Command.RunAsync("mutants", "--variant", "base");
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains($"base has no wrong versions: they are patches in {Path.Combine(Command.Root, "linux-patch", "base", "mutants")}",
            result.Error, StringComparison.Ordinal);
    }

    /// <summary>Built, booted and killed: the row that is for the mistake fails, and without the mistake all pass.</summary>
    [Fact]
    [Trait("needs", "engine")]
    [Trait("needs", "guest")]
    public async Task A_wrong_version_is_killed_by_the_row_that_is_for_it()
    {
        var result = await Command.RunAsync("mutants", "--variant", "wp-zeropage", "unregister-lifts-all", "--json");
        Assert.True(result.ExitCode == 0, result.ToString());
        var variant = JsonDocument.Parse(result.Output).RootElement.GetProperty("variants").EnumerateArray().Single();
        Assert.Equal("pass", variant.GetProperty("right").GetString());
        var mutant = variant.GetProperty("mutants").EnumerateArray().Single();
        Assert.Equal("pass", mutant.GetProperty("verdict").GetString());
        Assert.Equal(["R36-part"], mutant.GetProperty("killedBy").EnumerateArray().Select(row => row.GetString()));
    }
}
