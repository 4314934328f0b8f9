using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Processes;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Threads that wait in a fault while the monitor does something else than to resolve it (handle_userfault, userfaultfd_release).</summary>
public sealed class WaitingThreads
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    [Scenario("R18-blocked", "Protecting again while a writer waits",
        "A monitor may protect a range that somebody waits in. The writer must be reported once, and go on when the " +
        "protection is lifted.")]
    public void Protecting_again_while_a_writer_waits()
    {
        using var watched = Watched.ProtectedHole();
        var write = watched.Write();
        var seen = Observation.Begin();
        seen["event"] = watched.EventOf(write);
        seen["again"] = Watched.Name(watched.Uffd.TryWriteProtect(watched.Range, UffdioWriteprotectMode.Wp));
        seen["second"] = EventName.Of(watched.Uffd.ReadEvent(Moment));
        watched.Unprotect();
        seen["after"] = watched.EventsUntilDone(write);
        seen["content"] = watched.Content();
        seen.MustMatch();
    }

    /// <summary>A monitor that answers missing pages with UFFDIO_ZEROPAGE alone must be able to let the reader go.</summary>
    [Scenario("R22-answer", "Answering a missing page with zeros",
        "A monitor that answers with UFFDIO_ZEROPAGE alone must be able to let the reader go. Where it cannot, the reader " +
        "faults for ever.")]
    public void Answering_a_missing_page_with_zeros()
    {
        using var watched = Watched.ProtectedHole(mode: UffdioRegisterMode.Missing | UffdioRegisterMode.Wp);
        var read = watched.Read();
        var e = watched.NextEvent(read);
        var seen = Observation.Begin();
        seen["event"] = EventName.Of(e);
        seen["errno"] = e is null ? "not asked" : Answer(watched);
        seen["next"] = EventName.Of(watched.NextEvent(read));
        // Lets the reader go where zeros cannot.
        if (!read.IsDone)
            watched.CopyInto(0);
        watched.EventsUntilDone(read);
        seen.MustMatch();
    }

    /// <summary>
    /// A thread populates a large range and will meet a protected hole at its end; the descriptor is closed while it is under way. The populate must end, and so
    /// must the close, which waits for the mmap lock that the populate holds.
    /// </summary>
    [Scenario("R30-close", "Closing while a range is populated",
        "MADV_POPULATE_WRITE is on its way to a protected hole when the descriptor is closed. Both must end; before Linux " +
        "6.15 they could wait for each other.")]
    public void Closing_while_a_range_is_populated()
    {
        // On a busy machine the populating thread may be at its end before the descriptor is closed; hardly each time.
        var triesLeft = 4;
        bool met;
        string outcome, last;
        do
            (met, outcome, last) = ClosedWhilePopulating();
        while (!met && --triesLeft > 0);
        var seen = Observation.Begin();
        seen["outcome"] = outcome;
        seen["last"] = last;
        seen.MustMatch();
    }

    /// <summary>Met: the populating thread was far from its end when the descriptor was about to be closed.</summary>
    private static (bool Met, string Outcome, string Last) ClosedWhilePopulating()
    {
        const nuint pages = 20_000;
        using var memory = MemoryRegion.Anonymous(pages);
        var uffd = Watched.Open();
        uffd.Register(memory.Range, UffdioRegisterMode.Wp);
        uffd.WriteProtect(memory.Range.Pages(pages - 1));
        var populate = Access.Call(() => MemoryRegion.Advise(memory.Range, Advice.PopulateWrite));
        while (!populate.IsDone && Pagemap.At(memory.Range.Pages(64).Start) == "-")
            Thread.Yield();
        var met = !populate.IsDone;
        LiveResources.Release(uffd);
        return (met, populate.Outcome, Pagemap.At(memory.Range.Pages(pages - 1).Start));
    }

    private static string Answer(Watched watched)
    {
        var errno = watched.Uffd.TryZeroPage(watched.Page(), 0, out _);
        if (errno != Errno.None)
            watched.Uffd.Wake(watched.Page());
        return Watched.Name(errno);
    }
}
