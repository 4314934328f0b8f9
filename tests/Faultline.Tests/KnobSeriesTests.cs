using System.Text.Json;

namespace Faultline.Cli.Tests;

/// <summary>
/// The kernels of <c>linux-patch/knobs</c>, which a plain run leaves out: built, booted and asked what they are there for, and base
/// without the knob as the control.
/// </summary>
[Trait("needs", "engine")]
[Trait("needs", "guest")]
public sealed class KnobSeriesTests : IDisposable
{
    /// <summary>The run's report: <c>artifacts/report</c> is that of the main job, which other tests read.</summary>
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faultline-knobs-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The difference between the designs that David Hildenbrand's second point is about.</summary>
    [Fact]
    public async Task Where_the_zeropage_is_forbidden_a_marker_does_without_and_the_other_design_maps_it()
    {
        string[] variants = ["wp-unpopulated-no-zeropage", "wp-zeropage-no-zeropage"];
        var knobs = Path.Combine(Command.Root, "linux-patch", "knobs");
        var result = await Command.RunAsync(
            "run", "--variants", knobs, "--variant", variants[0], "--variant", variants[1],
            "--filter", "row=R48", "--filter", "row=R12", "--output", Path.Combine(_folder.FullName, "report"), "--json");
        Assert.True(result.ExitCode == 0, result.ToString());
        using var report = JsonDocument.Parse(result.Output);
        var observed = report.RootElement.GetProperty("kernels").EnumerateArray().ToDictionary(
            kernel => kernel.GetProperty("name").GetString()!,
            kernel => kernel.GetProperty("results").EnumerateArray()
                .Select(test => test.GetProperty("observed")).FirstOrDefault(seen => seen.TryGetProperty("protected", out _)));
        Assert.Equal(["base", .. variants], observed.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("M", observed[variants[0]].GetProperty("protected").GetString());
        Assert.Equal("Aw", observed[variants[0]].GetProperty("read").GetString());
        Assert.Equal("Zw", observed[variants[1]].GetProperty("protected").GetString());
    }
}
