namespace Faultline.AbiTests.Runner;

/// <summary>In which order the tests of a round run: that of the plan, or one drawn by a seed, which is another in each round; some
/// tests before all others.</summary>
/// <param name="seed">null for the order of the plan.</param>
/// <param name="first">Ids of the tests to begin with.</param>
internal sealed class TestOrder(ulong? seed, IReadOnlyList<string> first)
{
    // Steele, Lea, Flood: Fast splittable pseudorandom number generators (SplitMix64). A seed means the same order on every runtime.
    private const ulong Golden = 0x9e3779b97f4a7c15, First = 0xbf58476d1ce4e5b9, Second = 0x94d049bb133111eb;

    /// <param name="tests">The plan.</param>
    /// <param name="id">A test's id.</param>
    /// <param name="round">From 1.</param>
    internal IReadOnlyList<T> Of<T>(IReadOnlyList<T> tests, Func<T, string> id, int round) =>
        [.. Drawn(tests, round).OrderBy(test => first.Contains(id(test)) ? 0 : 1)];

    private IReadOnlyList<T> Drawn<T>(IReadOnlyList<T> tests, int round)
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
