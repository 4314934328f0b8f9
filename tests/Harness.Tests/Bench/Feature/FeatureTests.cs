using System.Text.Json;
using Faultline.Harness.Bench;
using Faultline.Harness.Bench.Feature;
using Faultline.Harness.Bench.Feature.Tables;

namespace Faultline.Harness.Tests.Bench.Feature;

/// <summary>From the suite's measure events to figures, pairs and tables.</summary>
public class FeatureTests
{
    private static readonly FeatureKernel Pte = FeatureStreams.Kernel("kernel-a", "M", microseconds: 8, tables: 4);
    private static readonly FeatureKernel Pmd = FeatureStreams.Kernel("kernel-b", "M", microseconds: 0.125, tables: 0);
    private static readonly FeatureReport Report = new([FeatureStreams.Kernel("kernel-z", "Zw", microseconds: 15, tables: 4), Pte, Pmd]);

    [Fact]
    public void What_a_kernel_puts_into_holes_is_told_from_pagemap_and_tables()
    {
        Assert.Equal(["zeropages", "pte markers", "PMD markers"], Report.Kernels.Select(kernel => kernel.Design));
        Assert.Equal("6.1.0-kernel-b", Pmd.Release);
        Assert.Null((Pte with { Costs = [.. Pte.Costs.Where(cell => cell.Way == Ways.PreRead)] }).Design);
    }

    [Theory]
    [InlineData("-", 1 << 30, 0, "nothing")]
    [InlineData(null, 1 << 30, 0, "nothing")]
    [InlineData("M", 1 << 30, 2048, "pte markers")]
    [InlineData("M", 1 << 30, 8, "PMD markers")]
    [InlineData("M", 1 << 20, 0, "pte markers")]
    [InlineData("Hw", 1 << 30, 2048, "zeropages")]
    [InlineData("Aw", 1 << 30, 2048, "Aw")]
    public void A_mark_has_a_name(string? state, long bytes, double tables, string mark) =>
        Assert.Equal(mark, Marks.Of(state, bytes, tables));

    [Fact]
    public void A_disturbed_round_moves_neither_median_nor_ratio()
    {
        var cell = Pmd.Cost(Ways.Halves, huge: false, 8 << 20)!;
        Assert.Equal(40e-6, cell.Seconds["protect"].Median, 12);
        Assert.Equal(120e-6, cell.Seconds["protect"].Max, 12);
        var ratio = Sample.Ratio(cell.Seconds["protect"], Pmd.Cost(Ways.Feature, huge: false, 8 << 20)!.Seconds["protect"]);
        Assert.Equal((80, 80, 80), (Math.Round(ratio.Min, 6), Math.Round(ratio.Median, 6), Math.Round(ratio.Max, 6)));
    }

    [Fact]
    public void Growth_is_the_slope_of_the_line_through_all_sizes()
    {
        var growth = Pte.Growths.Single(line => line is { Way: Ways.Feature, Figure: "tables-kib" });
        Assert.Equal(2048, growth.PerGiB, 6);
        Assert.Equal(0, Pte.Growths.Single(line => line is { Way: Ways.Feature, Figure: "child-tables-kib" }).PerGiB, 6);
        var two = Pte with { Costs = [.. Pte.Costs.Where(cell => cell.Bytes > 2 << 20)] };
        Assert.Empty(two.Growths);
    }

    [Fact]
    public async Task The_feature_is_paired_with_reading_first_and_with_smaller_calls()
    {
        var asked = new List<string>();
        var subject = new MeasureSubject("kernel-b", (what, _, _) =>
        {
            asked.AddRange(what);
            return Task.FromResult(FeatureStreams.Lines(
            [
                FeatureStreams.Cost("pre-read", 2, 1, "Zw", prefault: 0.5, protect: 0.5, tables: 4),
                FeatureStreams.Cost("feature", 2, 1, "M", prefault: 0, protect: 0.01, tables: 0),
                FeatureStreams.Cost("feature", 4, 1, "M", prefault: 0, protect: 0.02, tables: 0),
            ]));
        });
        var bench = new FeatureBench([subject], new(LargestGiB: 4, SnapshotMiB: 128));
        var pair = Assert.Single(
            await BenchRunner.RunAsync([bench], _ => 1, new Guest.RecordedProgress(), TestContext.Current.CancellationToken));
        Assert.Equal(["feature=4096", "snapshot=128"], asked);
        Assert.Equal(("2 MiB of untouched memory, kernel-b", "protect it: PMD markers"), (pair.Title, pair.Measured.What));
        Assert.Equal(0.01, pair.Ratio.Median);
        Assert.Equal("kernel-b", Assert.Single(bench.Report!.Kernels).Where);
    }

    [Fact]
    public void Emulated_kernels_show_ratios_and_this_machine_times()
    {
        var emulated = FeatureTables.Of(Report).First();
        Assert.Equal("kernel-z: 8 MiB of untouched memory, transparent huge pages off", emulated.Title);
        Assert.Equal(["times PRE-READ", "PRE-READ", "zeropages", "zeropages, calls of 1 MiB"], emulated.Header);
        Assert.Equal(["protect", "1.00 (1.00–1.00)", "0.75 (0.75–0.75)", "0.50 (0.50–0.50)"], emulated.Rows[2]);
        Assert.DoesNotContain(emulated.Rows, row => row[0] == "close the userfaultfd");

        var native = FeatureTables.Of(new([FeatureStreams.Kernel(MeasureSubject.ThisMachine, "M", 8, 4)])).First();
        string[] protect = ["protect", "80.0 µs (80.0 µs–240 µs)", "32.0 µs (32.0 µs–96.0 µs)", "40.0 µs (40.0 µs–120 µs)"];
        Assert.Equal(protect, native.Rows[2]);
    }

    [Fact]
    public void Both_markers_are_compared_on_the_kernel_that_has_both()
    {
        var table = FeatureTables.Of(Report).Single(table => table.Title.Contains("against", StringComparison.Ordinal));
        Assert.Contains("measured on kernel-a,", table.Note, StringComparison.Ordinal);
        Assert.Equal(["8 MiB", "80.0 (80.0–80.0)", "1.25 (1.25–1.25)", "0", "16"], table.Rows[^1]);
        Assert.DoesNotContain(FeatureTables.Of(new([Pte])), other => other.Title.Contains("against", StringComparison.Ordinal));
    }

    [Fact]
    public void Wrong_pages_of_a_snapshot_stand_beside_what_it_took()
    {
        var table = FeatureTables.Of(new([Pmd])).Last();
        Assert.Equal(["10 %, DEFAULT", "0", "1.00", "1.00", "0.50", "200", "7"], table.Rows[0]);
        Assert.Equal(["10 %, PMD markers", "0", "1.00", "1.00", "0.50", "200", "0"], table.Rows[^1]);
    }

    [Fact]
    public void The_file_holds_every_cell_and_every_growth()
    {
        var report = new BenchReport
        {
            Started = DateTimeOffset.UnixEpoch, Seconds = 1, Command = "faultline bench", Machine = MachineFacts.Gather(null), Pairs = [],
            Feature = Report,
        };
        using var json = JsonDocument.Parse(report.ToJson());
        var kernel = json.RootElement.GetProperty("feature").GetProperty("kernels")[2];
        Assert.Equal(("kernel-b", "PMD markers"), (kernel.GetProperty("where").GetString(), kernel.GetProperty("design").GetString()));
        var cell = kernel.GetProperty("costs").EnumerateArray().First(cell => cell.GetProperty("way").GetString() == "feature");
        Assert.Equal("M", cell.GetProperty("state").GetString());
        Assert.Equal(3, cell.GetProperty("seconds").GetProperty("protect").GetProperty("values").GetArrayLength());
        Assert.Contains(kernel.GetProperty("growths").EnumerateArray(), line => line.GetProperty("figure").GetString() == "tables-kib");
        Assert.Contains("| 8 MiB | 80.0 (80.0–80.0) |", BenchTable.Markdown(report), StringComparison.Ordinal);
    }
}
