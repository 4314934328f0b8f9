using Faultline.Harness.Argument;
using Faultline.Harness.Bench;
using Faultline.Harness.Bench.Feature;
using Faultline.Harness.Tests.Bench.Feature;

namespace Faultline.Harness.Tests.Argument;

/// <summary>Which of the files of the benchmark a report takes its figures from.</summary>
public sealed class FigureFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Whoever has measured nothing yet sees what was measured for the series as they are.</summary>
    [Fact]
    public void Those_that_come_with_the_checkout_have_every_design()
    {
        var report = FigureFile.Read(RepositoryRoot.Of("linux-patch", "figures.json.gz"))!.Value.Report;
        var designs = report.Feature!.Kernels.Select(kernel => kernel.Design);
        Assert.Equal([null, "PMD markers", "pte markers", "zeropages", "pte markers"], designs);
        Assert.Equal("this machine", report.Feature.Kernels[^1].Where);
        Assert.StartsWith("faultline bench --only feature", report.Command, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_the_newest_that_has_figures_of_the_feature()
    {
        Write("20260101T000000Z.json", Report("old", new FeatureReport([])));
        Write("20260102T000000Z.json", Report("new", new FeatureReport([FeatureStreams.Kernel("pmd", "M", microseconds: 1, tables: 0)])));
        Write("20260103T000000Z.json", Report("of builds", feature: null));
        Write("20260104T000000Z.json", "{ \"schema\": \"faultline-bench/2\" }");
        Write("20260105T000000Z.json", "not JSON");
        var (path, report) = FigureFile.Newest(_folder.Of("bench"))!.Value;
        Assert.Equal(("20260102T000000Z.json", "new"), (Path.GetFileName(path), report.Command));

        var kernel = Assert.Single(report.Feature!.Kernels);
        Assert.Equal(("PMD markers", "6.1.0-pmd"), (kernel.Design, kernel.Release));
        Assert.Equal(3, kernel.Cost(Ways.Halves, huge: false, 8 << 20)!.Seconds["protect"].Values.Length);
        Assert.Equal(7, kernel.Snapshot(Ways.Default, share: 10, asks: true)!.Counts["wrong-pages"].Median);
    }

    [Fact]
    public void There_may_be_none()
    {
        Assert.Null(FigureFile.Newest(_folder.Of("nothing")));
        Write("broken.json.gz", "no archive");
        Assert.Null(FigureFile.Read(_folder.Of("bench/broken.json.gz")));
        Assert.Null(FigureFile.Read(_folder.Of("nothing.json")));
    }

    public void Dispose() => _folder.Dispose();

    private static string Report(string command, FeatureReport? feature) => new BenchReport
    {
        Started = DateTimeOffset.UnixEpoch, Seconds = 1, Command = command, Machine = MachineFacts.Gather(null), Pairs = [],
        Feature = feature,
    }.ToJson();

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(_folder.Of("bench"));
        File.WriteAllText(Path.Combine(_folder.Of("bench"), name), content);
    }
}
