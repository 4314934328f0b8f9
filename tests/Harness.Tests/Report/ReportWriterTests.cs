using System.Collections.Immutable;
using Faultline.Harness.Report;
using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Report;

public sealed class ReportWriterTests
{
    [Fact]
    public void The_folder_holds_every_file_and_paths_name_them()
    {
        using var folder = new TemporaryFolder();
        var logs = new RunLogs("oops", ImmutableDictionary<string, string>.Empty
            .Add("console", folder.Write("in/console", "log"))
            .Add("events", folder.Write("in/events", "{}"))
            .Add("payload", folder.Of("in", "never written")));
        var build = new RunLogs("oops", ImmutableDictionary<string, string>.Empty.Add("build", folder.Write("in/build", "CC mm/memory.o")));
        var control = new RunLogs("base.control-wp-zeropage", ImmutableDictionary<string, string>.Empty.Add("console", folder.Write("in/control", "log")));

        var report = ReportWriter.Write(SampleRun.Report, [logs, build, control], folder.Of("report"));

        Assert.Equal(
            [
                "index.html", "junit/base.xml", "junit/oops.xml", "junit/wp-unpopulated.xml", "junit/wp-zeropage.xml", "ktap/base.ktap", "ktap/oops.ktap",
                "ktap/wp-unpopulated.ktap", "ktap/wp-zeropage.ktap", "logs/base.control-wp-zeropage.console.log",
                "logs/oops.build.log", "logs/oops.console.log", "logs/oops.events.jsonl", "report.md", "results.json",
            ],
            Files(folder.Of("report")));
        Assert.All(report.Kernels.SelectMany(kernel => kernel.Paths.Values), path => Assert.True(File.Exists(folder.Of("report", path)), path));
        foreach (var page in new[] { "index.html", "report.md", "results.json" })
            Assert.Contains("logs/oops.build.log", File.ReadAllText(folder.Of("report", page)), StringComparison.Ordinal);
        Assert.Equal("logs/oops.events.jsonl", report.Kernels.Single(kernel => kernel.Name == "oops").Paths["events"]);
        Assert.Equal("logs/base.control-wp-zeropage.console.log", report.Kernels[0].Controls[0].Paths["console"]);
    }

    [Fact]
    public void A_report_that_cannot_be_written_leaves_the_old_one()
    {
        using var folder = new TemporaryFolder();
        folder.Write("report/results.json", "old");
        // The log is a folder: copying it fails after some files were written.
        var logs = new RunLogs("oops", ImmutableDictionary<string, string>.Empty.Add("console", folder.Write("in/console", "x")));
        using (File.Open(folder.Of("in", "console"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.ThrowsAny<IOException>(() => ReportWriter.Write(SampleRun.Report, [logs], folder.Of("report")));

        Assert.Equal("old", File.ReadAllText(folder.Of("report", "results.json")));
        Assert.Equal(["in", "report"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void The_same_run_is_written_the_same_way()
    {
        using var folder = new TemporaryFolder();
        ReportWriter.Write(SampleRun.Report, [], folder.Of("one"));
        ReportWriter.Write(SampleRun.Report, [], folder.Of("two"));
        Assert.All(Files(folder.Of("one")), file => Assert.Equal(File.ReadAllBytes(folder.Of("one", file)), File.ReadAllBytes(folder.Of("two", file))));
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal);
}
