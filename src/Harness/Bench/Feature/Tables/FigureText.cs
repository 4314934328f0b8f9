using System.Globalization;

namespace Faultline.Harness.Bench.Feature.Tables;

/// <summary>Figures in words.</summary>
internal static class FigureText
{
    public const string Spread = "medians, with the smallest and the largest of the rounds";

    /// <summary>Stands for a figure that says nothing.</summary>
    private const string Nothing = "–";

    /// <summary>8 GiB, 512 MiB.</summary>
    /// <param name="bytes">A whole number of MiB.</param>
    public static string Size(long bytes) => bytes % (1 << 30) == 0 ? $"{bytes >> 30} GiB" : $"{bytes >> 20} MiB";

    public static string Whole(double count) => count.ToString("0", CultureInfo.InvariantCulture);

    /// <summary>Median and spread of a count.</summary>
    public static string Count(Sample sample) => sample.Min.Equals(sample.Max) ? Whole(sample.Median) : BenchTable.Spread(sample, Whole);

    /// <summary>On a real CPU the time; under emulation how many times the reference it is, round by round.</summary>
    /// <param name="kernel">Where it was measured.</param>
    /// <param name="time">Seconds.</param>
    /// <param name="reference">Seconds of the same step, of the way that ratios are taken to.</param>
    public static string Time(FeatureKernel kernel, Sample time, Sample reference) =>
        kernel.IsNative ? BenchTable.Spread(time, BenchTable.Time) : Times(time, reference);

    /// <summary>How many times the reference something is; nothing where the reference is too short for the clock.</summary>
    public static string Times(Sample time, Sample reference) =>
        reference.Min > 0 ? BenchTable.Spread(Sample.Ratio(time, reference), BenchTable.Digits) : Nothing;

    /// <summary>What the cells of a kernel's table are.</summary>
    public static string Unit(FeatureKernel kernel) => kernel.IsNative ? "" : "times PRE-READ";
}
