using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>madvise(2) and mprotect(2) on a protected hole: what they drop and what they keep (zap_pte_range, madvise_free_pte_range).</summary>
public sealed class Discarding
{
    [Scenario("R26", "MADV_DONTNEED on a protected hole",
        "Discarding memory drops its protection with the contents: the next write raises no event on any kernel.")]
    public void DontNeed() => Advise(Advice.DontNeed);

    [Scenario("R27", "MADV_FREE on a protected hole",
        "There is nothing to free lazily in a hole, so its protection should stay.")]
    public void Free() => Advise(Advice.Free);

    [Scenario("R28", "MADV_REMOVE on a protected hole",
        "Anonymous memory has no file to punch a hole into. The call is refused, and must not have changed anything before.")]
    public void Remove() => Advise(Advice.Remove);

    [Scenario("R31-cold", "MADV_COLD on a protected hole",
        "Advice about ageing must not lose the protection.")]
    public void Cold() => Advise(Advice.Cold);

    [Scenario("R31-pageout", "MADV_PAGEOUT on a protected hole",
        "Reclaim must not lose the protection of memory that it has nothing to write out for.")]
    public void PageOut() => Advise(Advice.PageOut);

    [Scenario("R31-mprotect", "mprotect away and back on a protected hole",
        "Garbage collectors and guard pages change access all the time. The protection of userfaultfd must survive it.")]
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
            Native.Must(Native.mprotect((nint)watched.Range.Start, watched.Range.Length, protection), "mprotect");
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
