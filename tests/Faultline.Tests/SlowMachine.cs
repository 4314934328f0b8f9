using System.Text.Json;

namespace Faultline.Cli.Tests;

/// <summary>
/// Where compiling a kernel takes more than twice as long as on two free cores of a few years ago (211 s, docs/benchmarks.md), all tests of
/// real kernels together take hours. The ones whose subject others show as well are then left to whoever runs them by themselves.
/// </summary>
internal static class SlowMachine
{
    /// <summary>For base, in seconds.</summary>
    private const int Limit = 430;

    public static void Skips()
    {
        var seconds = SecondsToCompileBase();
        Assert.SkipWhen(seconds > Limit, $"base took {seconds:0} s to compile here, more than {Limit}: run this test alone");
    }

    /// <summary>
    /// In the main job, which <c>./build.sh test</c> runs before; next to nothing where base was there already, or no job ran.
    /// </summary>
    private static double SecondsToCompileBase()
    {
        var results = Path.Combine(Command.Root, "artifacts", "report", "results.json");
        if (!File.Exists(results))
            return 0;
        using var report = JsonDocument.Parse(File.ReadAllText(results));
        return report.RootElement.GetProperty("kernels").EnumerateArray()
            .Where(kernel => kernel.GetProperty("name").GetString() == "base")
            .SelectMany(kernel => kernel.GetProperty("phases").EnumerateArray())
            .Where(phase => phase.GetProperty("name").GetString() == "build")
            .Sum(phase => phase.GetProperty("seconds").GetDouble());
    }
}
