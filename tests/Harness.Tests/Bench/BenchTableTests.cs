using System.Text.Json;
using Faultline.Harness.Bench;

namespace Faultline.Harness.Tests.Bench;

public class BenchTableTests
{
    private static readonly BenchReport Report = new()
    {
        Started = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero),
        Seconds = 90,
        Command = "faultline bench --only rebuild,protect --repeat 3",
        Machine = new MachineFacts("Example CPU", 2, 8192, "6.18.5", "Debian 12", "20.10.24", ".NET 10.0.0", 0.25) { Accelerator = "tcg (asked for)" },
        Pairs =
        [
            new PairReport
            {
                Key = "rebuild",
                Title = "one change | to a file",
                Measured = new Side("faultline kernel build", Sample.Of([20, 22, 21])),
                Beside = new Side("make", Sample.Of([10, 10, 10.5])),
                Parts = [new Part("configure", Sample.Of([4, 4, 5]), null), new Part("make", Sample.Of([12, 12, 12]), Sample.Of([10, 10, 10.5]))],
            },
            new PairReport
            {
                Key = "protect",
                Title = "1 GiB",
                Measured = new Side("with the feature", Sample.Of([0.0018])),
                Beside = new Side("without", Sample.Of([0.076])),
                Note = "TCG.",
            },
        ],
    };

    [Fact]
    public void Text_is_aligned_and_says_how_to_repeat_it()
    {
        var lines = BenchTable.Text(Report).Split('\n');
        Assert.Equal(
            "rebuild: one change | to a file  faultline kernel build  21.0 s (20.0 s–22.0 s)  make     10.0 s (10.0 s–10.5 s)  2.00 (2.00–2.20)", lines[1]);
        Assert.Equal("                                 – configure             4.00 s (4.00 s–5.00 s)", lines[2]);
        Assert.StartsWith("protect: 1 GiB                   with the feature        1.80 ms                 without  76.0 ms", lines[4], StringComparison.Ordinal);
        Assert.EndsWith("0.024", lines[4], StringComparison.Ordinal);
        Assert.Contains("protect: TCG.", lines);
        Assert.Contains("Repeat: faultline bench --only rebuild,protect --repeat 3", lines);
        Assert.Contains(lines, line => line.StartsWith("Machine: Example CPU, 2 cores, 8.0 GiB", StringComparison.Ordinal));
    }

    [Fact]
    public void Markdown_is_a_table_in_which_every_row_has_six_cells()
    {
        var rows = BenchTable.Markdown(Report).Split('\n').Where(line => line.StartsWith('|')).ToList();
        Assert.Equal(6, rows.Count);
        Assert.All(rows, row => Assert.Equal(7, row.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|')));
        Assert.Equal("| --- | --- | ---: | --- | ---: | ---: |", rows[1]);
        Assert.Contains("one change \\| to a file", rows[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0000123, "12.3 µs")]
    [InlineData(0.0307, "30.7 ms")]
    [InlineData(1.344, "1.34 s")]
    [InlineData(612.4, "612 s")]
    [InlineData(0, "0 µs")]
    public void A_time_has_the_digits_that_mean_something(double seconds, string text) => Assert.Equal(text, BenchTable.Time(seconds));

    [Fact]
    public void The_file_holds_figures_ratio_machine_and_command()
    {
        using var json = JsonDocument.Parse(Report.ToJson());
        var root = json.RootElement;
        Assert.Equal("faultline-bench/1", root.GetProperty("schema").GetString());
        Assert.Equal("Example CPU", root.GetProperty("machine").GetProperty("cpu").GetString());
        Assert.Equal(Report.Command, root.GetProperty("command").GetString());
        var pair = root.GetProperty("pairs")[0];
        Assert.Equal(2, pair.GetProperty("ratio").GetProperty("median").GetDouble());
        Assert.Equal([20, 22, 21], pair.GetProperty("measured").GetProperty("seconds").GetProperty("values").EnumerateArray().Select(v => v.GetDouble()));
        Assert.False(pair.GetProperty("parts")[0].TryGetProperty("beside", out _));
    }

    [Fact]
    public void A_machine_at_work_is_called_busy()
    {
        Assert.DoesNotContain("busy", Report.Machine.ToString(), StringComparison.Ordinal);
        Assert.Contains("busy", (Report.Machine with { LoadBefore = 1.5 }).ToString(), StringComparison.Ordinal);
        Assert.True(MachineFacts.Gather(null) is { Cores: > 0, MemoryMiB: > 0, Kernel.Length: > 0, Cpu.Length: > 0 });
    }
}
