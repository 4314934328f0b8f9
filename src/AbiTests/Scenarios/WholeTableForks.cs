using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Processes;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>A fork where all holes below a page table are protected (copy_pmd_range).</summary>
public sealed class WholeTableForks
{
    private const nuint Written = PageTables.Pages + 88;

    [Scenario("R70-fork", "A fork without fork events, whole page tables protected",
        "As R32: the child starts unprotected, and the parent must not lose a single mark by having it.")]
    public void Without_fork_events()
    {
        using var watched = PageAndHoles(0);
        var seen = Observation.Begin();
        using (var child = ForkedChild.Sleeping())
            seen["child-pagemap"] = Pagemap.Runs(watched.Range, child.Pid);
        using (var child = ForkedChild.Writing(watched.Page(Written).Start))
            seen["child-write"] = child.End();
        seen["parent-pagemap"] = Pagemap.Runs(watched.Range);
        seen["parent-write"] = PageTables.EventsOfWrites(watched, Written);
        seen.MustMatch();
    }

    [Scenario("R70-fork-event", "A fork with fork events, whole page tables protected",
        "As R33: the child is watched and has every mark that the parent has.")]
    public void With_fork_events()
    {
        using var watched = PageAndHoles(UffdFeature.EventFork);
        var seen = Observation.Begin();
        var (looked, lookedFd, name) = Forking.Fork(watched, ForkedChild.Sleeping);
        seen["event"] = name;
        seen["child-pagemap"] = Pagemap.Runs(watched.Range, looked.Pid);
        lookedFd.Dispose();
        looked.Dispose();

        var (writing, writingFd, _) = Forking.Fork(watched, () => ForkedChild.Writing(watched.Page(Written).Start));
        using (writing)
        using (writingFd)
        {
            var (events, end) = Forking.WatchChild(writing, writingFd);
            seen["child-events"] = events;
            seen["child"] = end;
        }
        seen["parent-pagemap"] = Pagemap.Runs(watched.Range);
        seen["parent-write"] = PageTables.EventsOfWrites(watched, Written);
        seen.MustMatch();
    }

    /// <summary>Two tables' worth of protected holes, and one page, without which a fork looks at none of it.</summary>
    private static Watched PageAndHoles(UffdFeature extra)
    {
        var memory = PageTables.Holes(2);
        MemoryRegion.Populate(memory.Range.Pages(0), 1);
        var watched = Watched.Over(memory, extra: extra);
        watched.Protect();
        return watched;
    }
}
