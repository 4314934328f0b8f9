using System.Globalization;
using Faultline.Harness.Judging;
using Faultline.Harness.Report;
using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Report;

/// <summary>A new report takes the place of the old one, which is kept: named, linked, compared, and bounded in number.</summary>
public sealed class KeptReportsTests : IDisposable
{
    private readonly TemporaryFolder _artifacts = new();

    public void Dispose() => _artifacts.Dispose();

    private string Newest => _artifacts.Of("report");

    [Fact]
    public void The_old_report_moves_aside_whole_and_nothing_else_is_left()
    {
        Write("report", SampleRun.Report);
        File.WriteAllText(Path.Combine(Newest, "mine.txt"), "old");
        var report = Write("report", SampleRun.Report with { Started = SampleRun.Started.AddHours(1) });

        const string kept = "2026-11-24T010203Z-run-crashed";
        Assert.Equal(["report", "reports"], Directory.GetFileSystemEntries(_artifacts.Path).Select(Path.GetFileName).Order());
        Assert.Equal([kept], Kept());
        Assert.False(File.Exists(Path.Combine(Newest, "mine.txt")));
        Assert.Equal("old", File.ReadAllText(_artifacts.Of("reports", kept, "mine.txt")));
        Assert.Equal($"../reports/{kept}", Assert.Single(report.Earlier));
        Assert.Equal($"../reports/{kept}", report.ComparedWith);
        Assert.Contains($"href=\"../reports/{kept}/index.html\"", File.ReadAllText(Path.Combine(Newest, "index.html")), StringComparison.Ordinal);
        Assert.Equal(report.Earlier, ReportJson.ReadRun(File.ReadAllText(Path.Combine(Newest, "results.json"))).Earlier);
    }

    [Fact]
    public void Links_between_kept_reports_lead_somewhere()
    {
        for (var hour = 0; hour < 3; hour++)
            Write("report", Failing(hour));
        var page = _artifacts.Of("reports", "2026-11-24T020203Z-run-failed");
        foreach (var (file, link) in new[] { ("index.html", "href=\"../2026-11-24T010203Z-run-pass/index.html\""), ("report.md", "](../2026-11-24T010203Z-run-pass/report.md)") })
            Assert.Contains(link, File.ReadAllText(Path.Combine(page, file)), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(page, "../2026-11-24T010203Z-run-pass/index.html")));
    }

    [Fact]
    public void Of_each_kind_the_newest_are_kept()
    {
        Write("report-test", SampleRun.Report);
        Write("report-test", SampleRun.Report);
        for (var hour = 0; hour < KeptReports.Limit + 4; hour++)
            Write("report-running", SampleRun.Report with { Started = SampleRun.Started.AddHours(hour) });
        var running = Kept().Where(name => name.Contains("-running-", StringComparison.Ordinal)).ToList();
        Assert.Equal(KeptReports.Limit, running.Count);
        Assert.Equal(
            SampleRun.Started.AddHours(3).ToString("yyyy-MM-dd'T'HHmmss'Z-running-crashed'", CultureInfo.InvariantCulture), running[0]);
        Assert.Equal(["2026-11-24T010203Z-test-crashed"], Kept().Except(running));
        var newest = ReportJson.ReadRun(File.ReadAllText(_artifacts.Of("report-running", "results.json")));
        Assert.Equal(KeptReports.Limit, newest.Earlier.Length);
        Assert.All(newest.Earlier, earlier => Assert.True(Directory.Exists(_artifacts.Of("report-running", earlier)), earlier));
    }

    [Fact]
    public void Two_runs_of_one_second_are_both_kept()
    {
        for (var copy = 0; copy < 4; copy++)
            Write("report", SampleRun.Report);
        Assert.Equal(["2026-11-24T010203Z-run-crashed", "2026-11-24T010203Z-run-crashed-2", "2026-11-24T010203Z-run-crashed-3"], Kept());
    }

    [Theory]
    [InlineData("old")]
    [InlineData("{}")]
    [InlineData("""{"verdict": "pass"}""")]
    [InlineData("""{"verdict": "pass", "kernels": [{"name": "base", "verdict": "pass"}]}""")]
    [InlineData("""{"verdict": "../../escape", "started": "2026-01-01T00:00:00Z", "kernels": []}""")]
    public void A_report_that_cannot_be_read_is_kept_and_compared_with_nothing(string results)
    {
        _artifacts.Write("report/results.json", results);
        Directory.SetLastWriteTimeUtc(Newest, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        var report = Write("report", SampleRun.Report);
        Assert.Equal(["2026-01-02T030405Z-run-unreadable"], Kept());
        Assert.Null(report.ComparedWith);
        Assert.Empty(report.Changes);
    }

    [Fact]
    public void A_new_report_says_what_changed_since_the_last()
    {
        Write("report", Failing(0));
        var report = Write("report", Failing(1));
        Assert.Equal(
            ["wp-zeropage: verdict: pass -> failed", "wp-zeropage: R12 R12: passed -> failed"], report.Changes.Select(change => change.ToString()));
        Assert.Contains("Since the last run", File.ReadAllText(Path.Combine(Newest, "index.html")), StringComparison.Ordinal);
        Assert.Contains("- wp-zeropage: R12 R12: passed -> failed", File.ReadAllText(Path.Combine(Newest, "report.md")), StringComparison.Ordinal);
        Assert.DoesNotContain("Since the last run", MarkdownWriter.Write(Write("report", Failing(1))), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_both_runs_asked_is_compared()
    {
        var before = RunReport.Of([SampleRun.Control, SampleRun.Crashed], SampleRun.Started, 1);
        var control = SampleRun.Control with
        {
            Results = [SampleRun.Control.Results[0], SampleRun.Control.Results[1] with { Id = "Scenario.new", Outcome = TestOutcome.Failed }],
            Controls =
            [
                SampleRun.Control.Controls[0] with { Verdict = VerdictKind.Vacuous },
                SampleRun.Control.Controls[0] with { Variant = "new", Verdict = VerdictKind.Failed },
            ],
        };
        var after = RunReport.Of([control, SampleRun.Failing], SampleRun.Started, 1);
        Assert.Equal(["base, asked for wp-zeropage: verdict: pass -> vacuous"], RunComparison.ChangesOf(before, after).Select(change => change.ToString()));
    }

    [Fact]
    public void A_kernel_is_compared_with_itself_and_not_with_another_one_of_its_name()
    {
        var plain = SampleRun.Passing with { Id = "wp-zeropage" };
        var debug = SampleRun.Passing with { Id = "wp-zeropage.debug-1a2b3c4d", Verdict = VerdictKind.Crashed };
        Assert.Empty(RunComparison.ChangesOf(Run(plain), Run(debug)));
        Assert.Empty(RunComparison.ChangesOf(Run(SampleRun.Passing), Run(debug)));
        var crashed = plain with { Verdict = VerdictKind.Crashed };
        Assert.Equal("wp-zeropage: verdict: pass -> crashed", Assert.Single(RunComparison.ChangesOf(Run(plain), Run(crashed))).ToString());
        // A report of an older Faultline knows its kernels by their names.
        Assert.Single(RunComparison.ChangesOf(Run(SampleRun.Passing), Run(crashed)));

        static RunReport Run(KernelReport kernel) => RunReport.Of([kernel], SampleRun.Started, 1);
    }

    /// <summary>Hour 0 passes; from hour 1 on R12 fails.</summary>
    private static RunReport Failing(int hour)
    {
        var kernel = hour == 0 ? SampleRun.Passing : SampleRun.Passing with
        {
            Verdict = VerdictKind.Failed,
            Results = SampleRun.Passing.Results.SetItem(1, SampleRun.Passing.Results[1] with { Outcome = TestOutcome.Failed, Reason = "pagemap is A" }),
        };
        return RunReport.Of([kernel], SampleRun.Started.AddHours(hour), 1) with { Run = SampleRun.Facts };
    }

    private RunReport Write(string folder, RunReport report) => ReportWriter.Write(report, [], _artifacts.Of(folder));

    private IEnumerable<string> Kept() => Directory.GetDirectories(_artifacts.Of("reports")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
}
