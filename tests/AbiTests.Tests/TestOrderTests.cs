using Faultline.AbiTests.Runner;

namespace Faultline.AbiTests.Tests;

/// <summary>The order of a round is its seed's, today and on any runtime.</summary>
public sealed class TestOrderTests
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, 10)];

    [Fact]
    public void Without_a_seed_the_order_is_the_plans() => Assert.Same(Numbers, new TestOrder(null).Of(Numbers, 3));

    [Fact]
    public void Each_round_of_a_seed_has_its_own_order_of_the_same_tests()
    {
        var order = new TestOrder(42);
        Assert.Equal(order.Of(Numbers, 1), new TestOrder(42).Of(Numbers, 1));
        Assert.NotEqual(order.Of(Numbers, 1), order.Of(Numbers, 2));
        Assert.NotEqual(order.Of(Numbers, 1), new TestOrder(43).Of(Numbers, 1));
        Assert.Equal(Numbers, order.Of(Numbers, 2).Order());
    }

    /// <summary>Every test gets to every place about as often: 10 numbers, 2000 rounds, 200 times each.</summary>
    [Fact]
    public void No_test_has_a_place_that_is_always_its()
    {
        var order = new TestOrder(1);
        var places = Enumerable.Range(1, 2000).Select(round => order.Of(Numbers, round)).ToList();
        foreach (var number in Numbers)
        {
            foreach (var place in Numbers)
                Assert.InRange(places.Count(drawn => drawn[place] == number), 130, 270);
        }
    }
}
