using System.Collections.Immutable;

namespace Faultline.Harness.Bench;

/// <summary>One thing measured several times. The middle stands for it: one repetition disturbed by the machine must not move the figure.</summary>
/// <param name="Values">In the order they were taken; seconds, or a ratio of seconds. Never empty.</param>
internal sealed record Sample(ImmutableArray<double> Values)
{
    public double Median { get; } = MedianOf(Values);

    public double Min { get; } = Values.Min();

    public double Max { get; } = Values.Max();

    /// <summary>A quarter of the values is smaller.</summary>
    public double LowerQuartile { get; } = Values.Sort()[Values.Length / 4];

    /// <summary>A quarter of the values is larger.</summary>
    public double UpperQuartile { get; } = Values.Sort()[Values.Length - 1 - (Values.Length / 4)];

    public static Sample Of(IEnumerable<double> values) => new([.. values]);

    /// <summary>The ratio of each repetition, so that a slow minute of the machine, which hits both sides of a repetition, cancels out.</summary>
    /// <exception cref="ArgumentException">The two were not taken in the same repetitions.</exception>
    public static Sample Ratio(Sample measured, Sample beside) => measured.Values.Length == beside.Values.Length
        ? Of(measured.Values.Zip(beside.Values, (m, b) => m / b))
        : throw new ArgumentException($"{measured.Values.Length} repetitions cannot be paired with {beside.Values.Length}.", nameof(beside));

    public bool Equals(Sample? other) => other is not null && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => Values.Length == 0 ? 0 : HashCode.Combine(Values.Length, Values[0]);

    private static double MedianOf(ImmutableArray<double> values)
    {
        if (values.IsDefaultOrEmpty)
            throw new ArgumentException("A sample needs at least one value.", nameof(values));
        var sorted = values.Sort();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
