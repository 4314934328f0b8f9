using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Processes;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>What a forked child finds where the parent protected a hole (vma_needs_copy, copy_present_pte, copy_nonpresent_pte).</summary>
public sealed class Forking
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(10);

    [Scenario("R32", "A fork without fork events",
        "The child is not watched, so that its memory must not stay protected: nobody would answer its faults. The parent's " +
        "protection stays.")]
    public void Without_fork_events()
    {
        // A page beside the hole was written, so that the page table is copied at all.
        var memory = MemoryRegion.Anonymous(2);
        MemoryRegion.Populate(memory.Range.Pages(1), 1);
        using var watched = Watched.Over(memory);
        watched.Protect();
        ObserveChild(watched);
    }

    [Scenario("R32-unwritten", "A fork without fork events, in a mapping never written",
        "As R32 where fork copies no page table at all: the child begins with nothing.")]
    public void Without_fork_events_in_a_mapping_never_written()
    {
        using var watched = Watched.ProtectedHole();
        ObserveChild(watched);
    }

    [Scenario("R33", "A fork with fork events",
        "The child is watched through a descriptor of its own, and inherits the protection of holes as well as that of pages.")]
    public void With_fork_events()
    {
        var memory = MemoryRegion.Anonymous(2);
        MemoryRegion.Populate(memory.Range.Pages(1), 1);
        using var watched = Watched.Over(memory, extra: UffdFeature.EventFork);
        watched.Protect();
        var hole = watched.Page().Start;
        var seen = Observation.Begin();

        var (looked, lookedFd, name) = Fork(watched, ForkedChild.Sleeping);
        seen["event"] = name;
        seen["child-pagemap"] = Pagemap.At(hole, looked.Pid);
        lookedFd.Dispose();
        looked.Dispose();

        var (writing, writingFd, _) = Fork(watched, () => ForkedChild.Writing(hole));
        using (writing)
        using (writingFd)
        {
            var (events, end) = WatchChild(writing, writingFd);
            seen["child-events"] = events;
            seen["child"] = end;
        }
        seen["parent-pagemap"] = watched.Pagemap();
        seen.MustMatch();
    }

    private static void ObserveChild(Watched watched)
    {
        var hole = watched.Page().Start;
        var seen = Observation.Begin();
        using (var child = ForkedChild.Sleeping())
            seen["child-pagemap"] = Pagemap.At(hole, child.Pid);
        using (var child = ForkedChild.Writing(hole))
            seen["child-write"] = child.StateAfter(LongEnough);
        seen["parent-pagemap"] = watched.Pagemap();
        seen.MustMatch();
    }

    /// <summary>clone(2) returns only when its event has been read, so it runs on a thread of its own.</summary>
    internal static (ForkedChild Child, UserfaultfdDescriptor ChildFd, string Event) Fork(Watched watched, Func<ForkedChild> clone)
    {
        ForkedChild? child = null;
        var fork = Access.Call(() =>
        {
            child = clone();
            return "ok";
        });
        var e = watched.NextEvent(fork);
        Assert.Equal("ok", fork.Outcome);
        var fd = e is ForkEvent forked ? forked.Child : throw new InvalidOperationException($"fork raised {EventName.Of(e)}, not a fork event.");
        return (child!, LiveResources.Track(fd), EventName.Of(e));
    }

    /// <summary>Resolves what the child raises until it ends.</summary>
    internal static (string Events, string End) WatchChild(ForkedChild child, UserfaultfdDescriptor childFd)
    {
        var names = new List<string>();
        string? end = null;
        for (var clock = FairClock.StartNew(); end is null && clock.Elapsed < LongEnough;)
        {
            end = child.State();
            if (childFd.ReadEvent(TimeSpan.FromMilliseconds(2)) is not PageFaultEvent fault)
                continue;
            names.Add(EventName.Of(fault));
            childFd.RemoveWriteProtection(fault.Page);
        }
        return (names.Count == 0 ? "none" : string.Join(", ", names), end ?? "blocked");
    }
}
