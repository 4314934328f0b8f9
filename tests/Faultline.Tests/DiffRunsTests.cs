using System.Text.Json;

namespace Faultline.Cli.Tests;

/// <summary>Two reports in, what differs and an exit code out.</summary>
public sealed class DiffRunsTests : IDisposable
{
    private static readonly string Sample = Path.Combine(Command.Root, "tests/Harness.Tests/Report/golden/results.json");

    private readonly string _folder = Directory.CreateTempSubdirectory("faultline-diff-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_run_is_the_same_as_itself()
    {
        var result = await Command.RunAsync("diff-runs", Sample, Path.GetDirectoryName(Sample)!);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.EndsWith("no difference (exit 0)\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_got_worse_is_1_and_what_got_better_is_0()
    {
        var worse = Changed("\"outcome\": \"passed\"", "\"outcome\": \"failed\"");
        var result = await Command.RunAsync("diff-runs", Sample, worse, "--json");
        Assert.True(result.ExitCode == 1, result.ToString());
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal("faultline-run-diff/1", json.RootElement.GetProperty("schema").GetString());
        Assert.Contains(json.RootElement.GetProperty("differences").EnumerateArray(), entry =>
            entry.GetProperty("kind").GetString() == "outcome" && entry.GetProperty("worse").GetBoolean());
        Assert.Contains("wp-zeropage", json.RootElement.GetProperty("kernels").EnumerateArray().Select(kernel => kernel.GetString()));

        var better = await Command.RunAsync("diff-runs", worse, Sample);
        Assert.True(better.ExitCode == 0, better.ToString());
        Assert.Contains("  better      wp-zeropage: R12 R12: failed -> passed", better.Output, StringComparison.Ordinal);
        Assert.Contains(", 0 worse (exit 0)", better.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_without_a_common_kernel_are_9()
    {
        var result = await Command.RunAsync("diff-runs", Sample, Changed("\"name\": \"", "\"name\": \"other-"));
        Assert.True(result.ExitCode == 9, result.ToString());
        Assert.Contains("no kernel in common", result.Error, StringComparison.Ordinal);
    }

    private string Changed(string text, string by)
    {
        var file = Path.Combine(_folder, "results.json");
        File.WriteAllText(file, File.ReadAllText(Sample).Replace(text, by, StringComparison.Ordinal));
        return file;
    }
}
