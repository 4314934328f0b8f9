using System.Diagnostics;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Runner;

namespace Faultline.AbiTests.Measurements;

/// <summary>
/// What protected memory costs, for each <see cref="Way"/> of protecting it: sizes in powers of two, with and without transparent huge
/// pages. The ways take turns within a round, so that a slow minute of the machine hits all of them.
/// </summary>
internal static class FeatureCost
{
    internal const string Name = "feature";

    private const nuint Smallest = 1 << 20;
    private const int FewestRounds = 5, MostRounds = 9;

    /// <summary>After so much time with one size five rounds are enough.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(5);

    /// <summary>A way that took longer than this for one round is not asked about twice the size.</summary>
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(8);

    /// <param name="events">Gets one <c>measure</c> event for each way and round.</param>
    /// <param name="largest">No size is larger.</param>
    internal static void Write(EventWriter events, nuint largest)
    {
        foreach (var huge in Procfs.OffersTransparentHugePages ? (bool[])[false, true] : [false])
        {
            var ways = Way.OfThisKernel.ToList();
            for (var bytes = Smallest; bytes <= largest && ways.Count > 0 && FitsInto(bytes, Procfs.AvailableKibibytes); bytes *= 2)
                WriteSize(events, ways, bytes, huge);
        }
    }

    /// <summary>
    /// Whether the tables of as much memory, a 512th of it, leave room: a fork doubles them, and the pagemap takes as much again. The rest
    /// of the machine is left as much.
    /// </summary>
    internal static bool FitsInto(nuint bytes, long availableKibibytes) => bytes / 512 * 3 * 2 / 1024 <= (nuint)availableKibibytes;

    /// <param name="ways">Those that take too long leave the list.</param>
    private static void WriteSize(EventWriter events, List<Way> ways, nuint bytes, bool huge)
    {
        var entries = new ulong[bytes / MemoryRange.PageSize];
        Array.Fill(entries, 1UL);
        var clock = Stopwatch.StartNew();
        var slow = new HashSet<Way>();
        // The first round pays for page table memory and code that the others find ready.
        for (var round = 0; round <= FewestRounds || (round <= MostRounds && clock.Elapsed < Enough); round++)
        {
            foreach (var way in ways)
            {
                var lap = Stopwatch.StartNew();
                var found = new FeatureRound(way, bytes, huge).Measure(entries);
                if (lap.Elapsed > TooLong)
                    slow.Add(way);
                if (round > 0)
                    Write(events, way, bytes, huge, round, found);
            }
        }

        ways.RemoveAll(slow.Contains);
    }

    private static void Write(EventWriter events, Way way, nuint bytes, bool huge, int round, Figures found) =>
        events.Write("measure", json =>
        {
            json.WriteString("what", Name);
            json.WriteString("way", way.Name);
            json.WriteNumber("bytes", bytes);
            json.WriteBoolean("huge", huge);
            json.WriteNumber("round", round);
            found.Write(json);
        });
}
