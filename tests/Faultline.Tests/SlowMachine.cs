using System.Globalization;

namespace Faultline.Cli.Tests;

/// <summary>
/// Where compiling a kernel takes more than twice as long as on two free cores of a few years ago (211 s, docs/benchmarks.md), all tests of
/// real kernels together take hours. The longest of them, and those whose subject another test shows as well, are then left to whoever runs
/// them alone: nothing else there checks a committed series, other machines and options, or wp-zeropage without markers.
/// </summary>
internal static class SlowMachine
{
    /// <summary>For base, in seconds.</summary>
    private const int Limit = 430;

    /// <summary>
    /// build.cake says what the main job took for base; next to nothing where base was there already. Not read from the report: a test that
    /// runs the main job again writes another.
    /// </summary>
    public static void Skips()
    {
        var reason = Reason(Environment.GetEnvironmentVariable("FAULTLINE_BASE_SECONDS"));
        Assert.SkipWhen(reason is not null, reason ?? "");
    }

    /// <param name="taken">For base, in seconds; null where nobody knows.</param>
    /// <returns>Null where the test is to run.</returns>
    public static string? Reason(string? taken) =>
        double.TryParse(taken, CultureInfo.InvariantCulture, out var seconds) && seconds > Limit
            ? $"base took {seconds:0} s to compile here, more than {Limit}: run this test alone"
            : null;
}
