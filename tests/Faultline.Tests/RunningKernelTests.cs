using System.Text.Json;

namespace Faultline.Cli.Tests;

[Trait("needs", "userfaultfd")]
public class RunningKernelTests
{
    [Fact]
    public async Task The_suite_runs_on_this_machines_own_kernel()
    {
        var result = await Command.RunAsync("test", "--kernel", "running", "--json");
        Assert.True(result.ExitCode == 0, result.ToString());
        using var report = JsonDocument.Parse(result.Output);
        Assert.Equal("faultline-results/1", report.RootElement.GetProperty("schema").GetString());
        var kernel = Assert.Single(report.RootElement.GetProperty("kernels").EnumerateArray());
        Assert.Equal("running", kernel.GetProperty("name").GetString());
        Assert.True(kernel.GetProperty("tests").GetProperty("passed").GetInt32() > 100, result.ToString());
    }

    [Fact]
    public async Task Several_filters_select_what_any_of_them_selects()
    {
        var result = await Command.RunAsync("test", "--kernel", "running", "--filter", "row=R1", "--filter", "row=R4", "--json");
        Assert.True(result.ExitCode == 0, result.ToString());
        using var report = JsonDocument.Parse(result.Output);
        var kernel = Assert.Single(report.RootElement.GetProperty("kernels").EnumerateArray());
        Assert.Equal(["R1", "R4"], kernel.GetProperty("results").EnumerateArray()
            .Select(test => test.GetProperty("row").GetString()).Distinct().Order());
    }
}
