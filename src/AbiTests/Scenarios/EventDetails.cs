using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Processes;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>What an event tells, who gets one, and the signal in its place (userfault_msg, handle_userfault, userfaultfd_remove).</summary>
public sealed class EventDetails
{
    private const int ThreadCount = 8;

    [Scenario("R53", "A signal instead of an event",
        "With UFFD_FEATURE_SIGBUS a thread handles its own faults. The signal has to name the address, and the page must still " +
        "be protected when it comes.")]
    public void A_signal_instead_of_an_event()
    {
        // The child inherits the watch through the fork event; a blocked SIGBUS cannot be caught, so it ends the child.
        const nuint offset = 0x128;
        using var watched = Watched.ProtectedHole(extra: UffdFeature.Sigbus | UffdFeature.EventFork);
        var hole = watched.Page().Start;
        using var scratch = MemoryRegion.Anonymous(1);
        using var gate = new Gate();
        ForkedChild? forked = null;
        var fork = Access.Call(() =>
        {
            SignalMask.BlockSigbus();
            forked = ForkedChild.WritingAfter(gate, hole + offset, (nint)scratch.Range.Start);
            return "ok";
        });
        var e = watched.NextEvent(fork);
        Assert.Equal("ok", fork.Outcome);
        using var childFd = (e as ForkEvent)?.Child;
        using var child = forked!;
        child.Trace();
        gate.Open();
        var signal = child.NextSignal();
        var seen = Observation.Begin();
        seen["signal"] = signal?.Name ?? "none";
        seen["code"] = signal?.CodeName ?? "none";
        seen["offset"] = signal is { } told ? $"0x{told.Address - hole:x}" : "none";
        seen["pagemap"] = signal is null ? "none" : Pagemap.At(hole, child.Pid);
        if (signal is { } pending)
            child.Deliver(pending);
        seen["child"] = child.End();
        seen["event"] = EventName.Of(childFd!.ReadEvent(TimeSpan.Zero));
        seen.MustMatch();
    }

    [Scenario("R54-thread", "The faulting thread's id",
        "A monitor that schedules by thread needs to know whom it wakes.")]
    public void The_faulting_threads_id()
    {
        using var watched = Watched.ProtectedHole(extra: UffdFeature.ThreadId);
        var write = watched.Write();
        var e = watched.NextEvent(write) as PageFaultEvent;
        watched.Resolve(e);
        watched.EventsUntilDone(write);
        var seen = Observation.Begin();
        seen["thread"] = e is null ? "none" : e.ThreadId == write.ThreadId ? "the writer's" : e.ThreadId.ToString();
        seen.MustMatch();
    }

    [Scenario("R54-address", "The exact address of a fault",
        "With UFFD_FEATURE_EXACT_ADDRESS the event names the byte and not the page.")]
    public void The_exact_address()
    {
        const nuint offset = 0x123;
        using var watched = Watched.ProtectedHole(extra: UffdFeature.ExactAddress);
        var write = Access.Write(watched.Range.Start + offset, 1);
        var e = watched.NextEvent(write) as PageFaultEvent;
        watched.Resolve(e);
        watched.EventsUntilDone(write);
        var seen = Observation.Begin();
        seen["offset"] = e is null ? "none" : $"0x{e.Address - watched.Range.Start:x}";
        seen.MustMatch();
    }

    [Scenario("R55", "Eight writers of one page that nobody resolves",
        "Every blocked writer raises its own event, and one call releases them all.")]
    public void Eight_writers_of_one_page_that_nobody_resolves()
    {
        using var watched = Watched.ProtectedHole();
        // The first decides what is mapped before the others arrive, so that the sum of faults is certain.
        var writers = new List<Access> { watched.Write() };
        var events = watched.NextEvent(writers[0]) is null ? 0 : 1;
        for (var i = 1; i < ThreadCount; i++)
        {
            writers.Add(watched.Write());
            events += watched.NextEvent(writers[i]) is null ? 0 : 1;
        }
        watched.Unprotect();
        var seen = Observation.Begin();
        seen["events"] = events.ToString();
        seen["faults"] = writers.Aggregate(default(FaultCount), (sum, write) => sum + write.Faults).ToString();
        seen["late-events"] = EventName.Of(watched.Uffd.ReadEvent(TimeSpan.Zero));
        seen.MustMatch();
    }

    [Scenario("R56", "Eight writers of one page with a monitor",
        "Faults and resolutions race. Nobody may stay blocked, however the events fall together.")]
    public void Eight_writers_of_one_page_with_a_monitor()
    {
        using var watched = Watched.ProtectedHole();
        var events = 0;
        using var pump = watched.Uffd.StartPump(e =>
        {
            events++;
            watched.Resolve(e);
        });
        var writers = Enumerable.Range(0, ThreadCount).Select(_ => watched.Write()).ToList();
        var states = writers.Select(write => write.StateAfter(TimeSpan.FromSeconds(10))).Distinct();
        var seen = Observation.Begin();
        seen["writers"] = string.Join(", ", states);
        pump.Dispose();
        // Between one and all of them: a fault that waits is dropped when another thread's is resolved first.
        seen["events"] = events == 0 ? "none" : events <= ThreadCount ? "1..8" : events.ToString();
        seen.MustMatch();
    }

    [Scenario("R61-remove", "MADV_DONTNEED with remove events",
        "A monitor that keeps copies of pages must hear that a range was discarded.")]
    public void Discarding_with_remove_events()
    {
        using var watched = Watched.ProtectedHole(extra: UffdFeature.EventRemove);
        var range = watched.Range;
        var advise = Access.Call(() => MemoryRegion.Advise(range, Advice.DontNeed));
        var seen = Observation.Begin();
        seen["event"] = watched.EventsUntilDone(advise);
        seen["outcome"] = advise.Outcome;
        seen["pagemap"] = watched.Pagemap();
        seen.MustMatch();
    }

    [Scenario("R61-unmap", "munmap with unmap events",
        "A monitor must hear that a range is gone, and the protection next to it has to stay.")]
    public void Unmapping_with_unmap_events()
    {
        using var watched = Watched.ProtectedHole(pages: 2, extra: UffdFeature.EventUnmap);
        var unmap = Access.Call(() =>
        {
            watched.Memory.Unmap(watched.Page(1));
            return "ok";
        });
        var seen = Observation.Begin();
        seen["event"] = watched.EventsUntilDone(unmap);
        seen["outcome"] = unmap.Outcome;
        seen["neighbour"] = watched.Pagemap();
        seen.MustMatch();
    }
}
