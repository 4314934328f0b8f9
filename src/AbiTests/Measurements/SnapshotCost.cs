using Faultline.AbiTests.Runner;

namespace Faultline.AbiTests.Measurements;

/// <summary>What a live snapshot costs, for each <see cref="Way"/> of protecting its memory and each share of it that holds data.</summary>
internal static class SnapshotCost
{
    internal const string Name = "snapshot";

    private const int Rounds = 7;
    private static readonly int[] Shares = [0, 10, 50, 100];

    /// <param name="events">Gets one <c>measure</c> event for each way and round.</param>
    /// <param name="bytes">The memory of the snapshot; as much again for its copy.</param>
    internal static void Write(EventWriter events, nuint bytes)
    {
        var ways = Way.OfThisKernel.Where(way => way != Way.Advised).ToList();
        foreach (var share in Shares)
        {
            foreach (var asksPagemap in (bool[])[false, true])
            {
                // As everywhere: the first round is not counted.
                for (var round = 0; round <= Rounds; round++)
                {
                    foreach (var way in ways)
                    {
                        var found = new SnapshotRound(way, bytes, share, asksPagemap).Measure();
                        if (round > 0)
                            Write(events, way, bytes, share, asksPagemap, round, found);
                    }
                }
            }
        }
    }

    private static void Write(EventWriter events, Way way, nuint bytes, int share, bool asksPagemap, int round, Figures found) =>
        events.Write("measure", json =>
        {
            json.WriteString("what", Name);
            json.WriteString("way", way.Name);
            json.WriteNumber("bytes", bytes);
            json.WriteNumber("share", share);
            json.WriteBoolean("asks", asksPagemap);
            json.WriteNumber("round", round);
            found.Write(json);
        });
}
