using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Sources;

public sealed class MutantSeriesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_variant_without_the_folder_has_none() => Assert.Null(MutantSeries.Of(Variant()));

    [Fact]
    public void Every_patch_but_the_first_is_one()
    {
        Write("00-switch.patch", "Subject: a switch\n\ndiff --git a/x b/x\n");
        Write("01-forgets.patch", Patch(1, "R70-fork splat"));
        Write("12-copies.patch", Patch(12, "R72"));
        var mutants = MutantSeries.Of(Variant())!.Mutants;
        Assert.Equal([(1, "forgets"), (12, "copies")], mutants.Select(mutant => (mutant.Number, mutant.Name)));
        Assert.Equal("fork forgets the markers of a child", mutants[0].Title);
        Assert.Equal(["R70-fork", "splat"], mutants[0].KilledBy);
    }

    /// <summary>One that nobody can be blamed for would survive, or be killed by chance.</summary>
    [Theory]
    [InlineData("forgets.patch", 1, "R1", "its name is not NUMBER-NAME.patch")]
    [InlineData("02-forgets.patch", 1, "R1", "puts nothing behind mutant(2)")]
    [InlineData("01-forgets.patch", 1, "", "no line 'Killed-by: ROW...'")]
    public void One_that_does_not_say_what_it_is_is_refused(string file, int number, string killers, string why)
    {
        Write("00-switch.patch", "diff --git a/x b/x\n");
        Write(file, Patch(number, killers));
        Write("series", $"00-switch.patch\n{file}\n");
        Assert.Contains(why, Assert.Throws<VariantFileException>(() => MutantSeries.Of(Variant())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_of_one_number_are_refused()
    {
        Write("00-switch.patch", "diff --git a/x b/x\n");
        Write("01-one.patch", Patch(1, "R1"));
        Write("01-two.patch", Patch(1, "R1"));
        var refused = Assert.Throws<VariantFileException>(() => MutantSeries.Of(Variant()));
        Assert.Contains("two patches have the number 1: one, two", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A row that no scenario has could kill nothing.</summary>
    [Fact]
    public void Those_that_are_committed_name_rows_that_there_are()
    {
        var rows = File.ReadLines(RepositoryRoot.Of("docs", "rows.md")).Where(line => line.StartsWith("## R", StringComparison.Ordinal))
            .Select(line => line[3..line.IndexOf(':', StringComparison.Ordinal)]).Append("splat").Append("hang").ToHashSet();
        var variants = VariantCatalog.Load(RepositoryRoot.Of("linux-patch")).Variants;
        var series = variants.Select(MutantSeries.Of).OfType<MutantSeries>().ToList();
        Assert.Equal(3, series.Count);
        Assert.Subset(rows, series.SelectMany(one => one.Mutants).SelectMany(mutant => mutant.KilledBy).ToHashSet());
    }

    private static string Patch(int number, string killers) =>
        "From: A <a@b>\nSubject: [mutant] fork forgets\n the markers of a child\n\nWhy.\n\n"
        + (killers.Length > 0 ? $"Killed-by: {killers}\n" : "")
        + $"\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+if (mutant({number}))\n";

    private void Write(string name, string text) => _folder.Write($"v/mutants/{name}", text);

    private Variant Variant()
    {
        _folder.Write("v/variant.toml", """
            name = "v"
            title = "V"
            role = "control"
            source = "debian:6.1"
            tag = "-v"

            [expect.R1]
            event = "none"
            """);
        return VariantCatalog.Load(_folder.Path).Variants.Single();
    }
}
