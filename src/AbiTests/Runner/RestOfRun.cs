namespace Faultline.AbiTests.Runner;

/// <summary>What is left to do of a run: all of it, or what stands behind a test that ended the guest before.</summary>
/// <param name="Guest">Which guest of the run this is, from 1.</param>
/// <param name="Round">The first round that has something to do, from 1.</param>
/// <param name="Done">Ids of the tests that have a result of that round.</param>
/// <param name="Without">Ids of the tests that ended a guest: they run in no round.</param>
internal sealed record RestOfRun(int Guest, int Round, HashSet<string> Done, HashSet<string> Without)
{
    internal static RestOfRun Whole { get; } = new(1, 1, [], []);

    internal bool Has(PlannedTest test, int round) => !Without.Contains(test.Id) && !(round == Round && Done.Contains(test.Id));
}
