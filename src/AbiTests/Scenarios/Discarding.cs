using Faultline.AbiTests.Support;

namespace Faultline.AbiTests.Scenarios;

/// <summary>madvise(2) and mprotect(2) on a protected hole: what they drop and what they keep (zap_pte_range, madvise_free_pte_range).</summary>
public sealed class Discarding
{
    [Scenario("R26")]
    public void DontNeed() => Advise(Advice.DontNeed);

    [Scenario("R27")]
    public void Free() => Advise(Advice.Free);

    [Scenario("R28")]
    public void Remove() => Advise(Advice.Remove);

    [Scenario("R31-cold")]
    public void Cold() => Advise(Advice.Cold);

    [Scenario("R31-pageout")]
    public void PageOut() => Advise(Advice.PageOut);

    [Scenario("R31-mprotect")]
    public void Taking_access_away_and_giving_it_back()
    {
        using var watched = Watched.ProtectedHole();
        var seen = Observation.Begin();
        foreach (var (name, protection) in new[] { ("read-only", Native.ProtRead), ("no-access", Native.ProtNone) })
        {
            Reprotect(protection);
            Reprotect(Native.ProtRead | Native.ProtWrite);
            seen[name] = watched.Pagemap();
        }
        seen["events"] = watched.EventsUntilDone(watched.Write());
        seen.MustMatch();

        void Reprotect(int protection) =>
            Native.Must(Native.mprotect((nint)watched.Range.Start, (nuint)watched.Range.Length, protection), "mprotect");
    }

    private static void Advise(int advice)
    {
        using var watched = Watched.ProtectedHole();
        var seen = Observation.Begin();
        seen["outcome"] = MemoryRegion.Advise(watched.Range, advice);
        seen["pagemap"] = watched.Pagemap();
        seen["events"] = watched.EventsUntilDone(watched.Write());
        seen.MustMatch();
    }
}
