using Faultline.AbiTests.Runner;

namespace Faultline.AbiTests.Tests;

/// <summary>The order of a round is its seed's, today and on any runtime.</summary>
public sealed class TestOrderTests
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, 10)];

    [Fact]
    public void Without_a_seed_the_order_is_the_plans() => Assert.Equal(Numbers, Order(null)(3));

    [Fact]
    public void Some_begin_and_the_others_keep_their_order()
    {
        Assert.Equal([4, 7, 0, 1, 2, 3, 5, 6, 8, 9], Order(null, "7", "4", "no such test")(1));
        var drawn = Order(42)(1);
        Assert.Equal([.. drawn.Where(number => number == 7), .. drawn.Where(number => number != 7)], Order(42, "7")(1));
    }

    [Fact]
    public void Each_round_of_a_seed_has_its_own_order_of_the_same_tests()
    {
        var order = Order(42);
        Assert.Equal(order(1), Order(42)(1));
        Assert.NotEqual(order(1), order(2));
        Assert.NotEqual(order(1), Order(43)(1));
        Assert.Equal(Numbers, order(2).Order());
    }

    /// <summary>Every test gets to every place about as often: 10 numbers, 2000 rounds, 200 times each.</summary>
    [Fact]
    public void No_test_has_a_place_that_is_always_its()
    {
        var places = Enumerable.Range(1, 2000).Select(Order(1)).ToList();
        foreach (var number in Numbers)
        {
            foreach (var place in Numbers)
                Assert.InRange(places.Count(drawn => drawn[place] == number), 130, 270);
        }
    }

    private static Func<int, IReadOnlyList<int>> Order(ulong? seed, params string[] first) =>
        round => new TestOrder(seed, first).Of(Numbers, number => $"{number}", round);
}
