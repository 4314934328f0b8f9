using Faultline.Harness.Argument;
using Faultline.Harness.Bench;

namespace Faultline.Harness.Tests.Argument;

public class BoundsTests
{
    [Theory]
    [InlineData(true, 0.9, 1.0, 1.0, 1.05, 5.0)]
    [InlineData(true, 1.0)]
    [InlineData(false, 1.0, 1.2, 1.3, 1.4, 9.0)]
    [InlineData(false, 1.2)]
    [InlineData(null, 0.2, 0.5, 1.3, 1.7, 5.0)]
    [InlineData(null, 0.3, 0.5, 1.0, 2.1, 3.0)]
    [InlineData(null, 1.0, 1.2)]
    public void A_figure_says_something_where_the_middle_half_of_the_rounds_agrees(bool? met, params double[] rounds)
    {
        var evidence = new Bounds(Least: null, Most: 1.1).Examine("a snapshot", Sample.Of(rounds), " times");
        Assert.Equal(met, evidence.Met);
        Assert.Equal(met is null, evidence.Text.EndsWith(", too spread to tell", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_not_measured_says_nothing() =>
        Assert.Equal(new Evidence("a snapshot: not measured", Met: null), new Bounds(1, 2).Examine("a snapshot", found: null));
}
