using System.Globalization;

namespace Faultline.Cli.Tests;

/// <summary>
/// Where compiling a kernel takes more than twice as long as on two free cores of a few years ago (211 s, docs/benchmarks.md), all tests of
/// real kernels together take hours. The ones whose subject others show as well are then left to whoever runs them by themselves.
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
        var taken = Environment.GetEnvironmentVariable("FAULTLINE_BASE_SECONDS");
        if (double.TryParse(taken, CultureInfo.InvariantCulture, out var seconds))
            Assert.SkipWhen(seconds > Limit, $"base took {seconds:0} s to compile here, more than {Limit}: run this test alone");
    }
}
