namespace Faultline.AbiTests.Runner;

/// <summary>In which order the tests of a round run: that of the plan, or one drawn by a seed, which is another in each round.</summary>
internal sealed class TestOrder(ulong? seed)
{
    // Steele, Lea, Flood: Fast splittable pseudorandom number generators (SplitMix64). A seed means the same order on every runtime.
    private const ulong Golden = 0x9e3779b97f4a7c15, First = 0xbf58476d1ce4e5b9, Second = 0x94d049bb133111eb;

    /// <param name="tests">The plan.</param>
    /// <param name="round">From 1.</param>
    internal IReadOnlyList<T> Of<T>(IReadOnlyList<T> tests, int round)
    {
        if (seed is not { } start)
            return tests;
        var state = Mix(start + ((ulong)round * Golden));
        T[] order = [.. tests];
        for (var left = order.Length; left > 1; left--)
        {
            state += Golden;
            var chosen = (int)(Mix(state) % (ulong)left);
            (order[left - 1], order[chosen]) = (order[chosen], order[left - 1]);
        }
        return order;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * First;
        value = (value ^ (value >> 27)) * Second;
        return value ^ (value >> 31);
    }
}
