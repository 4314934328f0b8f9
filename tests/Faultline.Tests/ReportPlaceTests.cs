namespace Faultline.Cli.Tests;

/// <summary><c>--output</c>: a report takes the place of nothing but a report.</summary>
public sealed class ReportPlaceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("faultline-output-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_folder_with_something_else_is_refused_and_left_as_it_is()
    {
        var mine = Path.Combine(_folder, "thesis.txt");
        await File.WriteAllTextAsync(mine, "years of work", TestContext.Current.CancellationToken);
        (string, string)[] refused = [(_folder, "holds something that is not a report"), (mine, "is a file"), ("/", "is the root")];
        foreach (var (output, words) in refused)
        {
            var result = await Command.RunAsync("test", "--kernel", "running", "--output", output);
            Assert.True(result.ExitCode == 2, result.ToString());
            Assert.Contains(words, result.Error, StringComparison.Ordinal);
        }

        Assert.Equal([mine], Directory.GetFileSystemEntries(_folder));
    }

    /// <summary>Said before anything is run.</summary>
    [Fact]
    public async Task A_folder_that_cannot_be_written_is_10()
    {
        var result = await Command.RunAsync("run", "--output", "/sys/kernel/report");
        Assert.True(result.ExitCode == 10, result.ToString());
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "userfaultfd")]
    public async Task A_report_that_is_there_is_kept_next_to_it()
    {
        var output = Path.Combine(_folder, "mine");
        Directory.CreateDirectory(output);
        for (var run = 0; run < 2; run++)
        {
            var result = await Command.RunAsync("test", "--kernel", "running", "--filter", "row=R1", "--output", output);
            Assert.True(result.ExitCode == 0, result.ToString());
            Assert.Contains($"report: {output}/index.html", result.Output, StringComparison.Ordinal);
        }

        var kept = Assert.Single(Directory.GetDirectories(Path.Combine(_folder, "reports")));
        Assert.EndsWith("-mine-pass", kept, StringComparison.Ordinal);
        var same = await Command.RunAsync("diff-runs", kept, output);
        Assert.True(same.ExitCode == 0, same.ToString());
    }
}
