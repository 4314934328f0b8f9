using System.Text.Json;

namespace Faultline.Cli.Tests;

/// <summary><c>--list</c>: what would run, and nothing else.</summary>
[Trait("needs", "userfaultfd")]
public sealed class TestListTests
{
    [Fact]
    public async Task What_would_run_is_named_and_nothing_runs()
    {
        var report = Path.Combine(Path.GetTempPath(), $"faultline-list-{Guid.NewGuid():n}");
        var result = await Command.RunAsync(
            "test", "--kernel", "running", "--list", "--filter", "row=R12", "--filter", "row=R31-cold", "--output", report);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(
            "running: 2 tests, 2 of them promises\n"
            + "  R12                    A write to a protected hole\n"
            + "  R31-cold               MADV_COLD on a protected hole\n", result.Output);
        Assert.False(Directory.Exists(report));
    }

    [Fact]
    public async Task As_json_each_test_has_its_keys()
    {
        var result = await Command.RunAsync("test", "--kernel", "running", "--list", "--filter", "row=R12", "--json");
        using var list = JsonDocument.Parse(result.Output);
        Assert.Equal("faultline-list/1", list.RootElement.GetProperty("schema").GetString());
        var suite = Assert.Single(list.RootElement.GetProperty("suites").EnumerateArray());
        Assert.Equal("running", suite.GetProperty("kernel").GetString());
        var test = Assert.Single(suite.GetProperty("tests").EnumerateArray());
        Assert.Equal("Scenarios.Faulting.A_write_to_a_protected_hole", test.GetProperty("id").GetString());
        Assert.Equal(("R12", true), (test.GetProperty("scenario").GetString(), test.GetProperty("promise").GetBoolean()));
    }

    [Fact]
    public async Task A_filter_that_selects_nothing_is_9()
    {
        var result = await Command.RunAsync("test", "--kernel", "running", "--list", "--filter", "row=R4711");
        Assert.True(result.ExitCode == 9, result.ToString());
        Assert.Equal("running: 0 tests\n", result.Output);
    }
}
