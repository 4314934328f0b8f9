using Faultline.Harness.Bench;

namespace Faultline.Harness.Tests.Bench;

public class SampleTests
{
    [Theory]
    [InlineData(2, 1, 3, new double[] { 3, 1, 2 })]
    [InlineData(2.5, 1, 9, new double[] { 9, 1, 3, 2 })]
    [InlineData(7, 7, 7, new double[] { 7 })]
    public void The_middle_stands_for_it(double median, double min, double max, double[] values)
    {
        var sample = Sample.Of(values);
        Assert.Equal((median, min, max), (sample.Median, sample.Min, sample.Max));
        Assert.Equal(values, sample.Values);
    }

    [Fact]
    public void One_disturbed_repetition_does_not_move_the_figure() =>
        Assert.Equal(Sample.Of([1, 1.1, 1.2]).Median, Sample.Of([1, 1.1, 50]).Median);

    [Fact]
    public void Ratios_pair_what_was_measured_together()
    {
        // A slow minute doubles both sides of the second repetition, and the ratio of the medians would not notice the third.
        var ratio = Sample.Ratio(Sample.Of([2, 4, 3]), Sample.Of([1, 2, 1]));
        Assert.Equal([2, 2, 3], ratio.Values);
        Assert.Equal(2, ratio.Median);
    }

    [Fact]
    public void Nothing_measured_is_no_sample() => Assert.Throws<ArgumentException>(() => Sample.Of([]));

    [Fact]
    public void Sides_of_different_length_are_no_pair() => Assert.Throws<ArgumentException>(() => Sample.Ratio(Sample.Of([1, 2]), Sample.Of([1])));

    [Fact]
    public void Equal_values_are_equal_samples()
    {
        Assert.Equal(Sample.Of([1, 2]), Sample.Of([1, 2]));
        Assert.NotEqual(Sample.Of([1, 2]), Sample.Of([2, 1]));
    }
}
