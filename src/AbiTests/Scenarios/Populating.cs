using Faultline.AbiTests.Support;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Populating a protected hole without touching it from user space (faultin_page).</summary>
public sealed class Populating
{
    [Scenario("R29")]
    public void PopulateRead() => Call(range => MemoryRegion.Advise(range, Advice.PopulateRead));

    [Scenario("R30-populate-write")]
    public void PopulateWrite() => Call(range => MemoryRegion.Advise(range, Advice.PopulateWrite));

    [Scenario("R30-mlock")]
    public void Locking() => Call(range => Native.Outcome(Native.mlock((nint)range.Start, (nuint)range.Length)));

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
