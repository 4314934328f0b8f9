using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Populating a protected hole without touching it from user space (faultin_page).</summary>
public sealed class Populating
{
    [Scenario("R29", "MADV_POPULATE_READ on a protected hole",
        "Prefaulting for reading is a read that no instruction makes. It must leave the protection alone.")]
    public void PopulateRead() => Call(range => MemoryRegion.Advise(range, Advice.PopulateRead));

    [Scenario("R30-populate-write", "MADV_POPULATE_WRITE on a protected hole",
        "Prefaulting for writing is a write that no instruction makes. The monitor has to hear of it.")]
    public void PopulateWrite() => Call(range => MemoryRegion.Advise(range, Advice.PopulateWrite));

    [Scenario("R30-mlock", "mlock of a protected hole",
        "Locking memory populates it for writing, and a locking program must not slip past the monitor.")]
    public void Locking() => Call(range => Native.Outcome(Native.mlock((nint)range.Start, range.Length)));

    private static void Call(Func<MemoryRange, string> call)
    {
        using var watched = Watched.ProtectedHole();
        var range = watched.Range;
        var populate = Access.Call(() => call(range));
        var e = watched.NextEvent(populate);
        var seen = Observation.Begin();
        seen["event"] = EventName.Of(e);
        seen["pagemap"] = watched.Pagemap();
        watched.Resolve(e);
        watched.EventsUntilDone(populate);
        seen["outcome"] = populate.Outcome;
        seen.MustMatch();
    }
}
