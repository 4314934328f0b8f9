using Faultline.AbiTests.Memory;

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

    [Fact]
    [Trait("needs", "userfaultfd")]
    public void Every_way_of_protecting_is_measured_at_every_size()
    {
        var run = SuiteProcess.Run(Profile.Replace("FEATURE_BIT", "13", StringComparison.Ordinal), "--measure", "feature=8");
        Assert.True(run.ExitCode == 0, run.Error);
        var cells = run.Events.Where(e => !e.GetProperty("huge").GetBoolean())
            .ToLookup(e => (Way: e.GetProperty("way").GetString()!, MiB: e.GetProperty("bytes").GetInt64() >> 20));
        string[] ways = ["default", "pre-read", "madvise", "feature", "halves"];
        Assert.Equal(ways.Order(), cells.Select(cell => cell.Key.Way).Distinct().Order());
        Assert.All(ways, way => Assert.Equal([1L, 2, 4, 8], cells.Where(cell => cell.Key.Way == way).Select(cell => cell.Key.MiB)));
        Assert.All(cells, cell => Assert.Equal(Enumerable.Range(1, cell.Count()), cell.Select(e => e.GetProperty("round").GetInt32())));

        double Median(string way, string kind, string figure) =>
            cells[(way, 8)].Select(e => e.GetProperty(kind).GetProperty(figure).GetDouble()).Order().ElementAt(cells[(way, 8)].Count() / 2);
        string?[] States(string way) => [.. cells[(way, 8)].Select(e => e.GetProperty("state").GetString()).Distinct()];
        Assert.Equal(["-"], States("default"));
        // A kernel may give each page that is read a page of its own (mm_forbids_zeropage).
        Assert.Equal([Pagemap.ReadsMapTheZeroPage ? "Zw" : "Aw"], States("pre-read"));
        Assert.DoesNotContain("-", States("feature"));
        // Four page tables for pages that were read; with nothing to protect there is none.
        Assert.True(Median("pre-read", "counts", "tables-kib") >= 16);
        Assert.True(Median("default", "counts", "tables-kib") < 16);
        Assert.True(Median("pre-read", "seconds", "prefault") > 10 * Median("default", "seconds", "prefault"));
        // A write to a protected page waits for the monitor; one to a page that nobody protected waits for nobody.
        Assert.True(Median("pre-read", "seconds", "write-second") > Median("default", "seconds", "write-second"));
    }

    [Fact]
    [Trait("needs", "userfaultfd")]
    public void A_snapshot_is_wrong_exactly_where_holes_are_not_protected()
    {
        var run = SuiteProcess.Run(Profile.Replace("FEATURE_BIT", "13", StringComparison.Ordinal), "--measure", "snapshot=8");
        Assert.True(run.ExitCode == 0, run.Error);
        var rounds = run.Events.Select(e => (
            Way: e.GetProperty("way").GetString(), Share: e.GetProperty("share").GetInt32(),
            Saved: e.GetProperty("counts").GetProperty("saved-pages").GetInt64(),
            Wrong: e.GetProperty("counts").GetProperty("wrong-pages").GetInt64())).ToList();
        Assert.Equal([0, 10, 50, 100], rounds.Select(round => round.Share).Distinct());
        Assert.All(rounds.Where(round => round.Way != "default"), round =>
        {
            Assert.Equal(0, round.Wrong);
            // Runs of 2 MiB, of which there are four: a tenth of them is none.
            Assert.Equal(2048 * (round.Share / 25 * 25) / 100, round.Saved);
        });
        Assert.Contains(rounds, round => round is { Way: "default", Share: 0, Wrong: > 0 });
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
