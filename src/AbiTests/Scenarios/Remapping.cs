using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>mremap(2) of a protected hole (move_ptes, move_normal_pmd, mremap_userfaultfd_prep).</summary>
public sealed class Remapping
{
    private const nuint PagesPerTable = 512;
    private const nuint TableReach = 2 << 20;

    [Scenario("R34", "mremap of a page without remap events",
        "The new place is not watched, so a mark that moved along would stop a writer whom nobody wakes.")]
    public void Moving_one_page_without_remap_events() => MoveSilently(1, 0);

    [Scenario("R34-pmd", "mremap of a whole page table without remap events",
        "As R34 where the kernel moves a page table at once and looks at no single entry.")]
    public void Moving_a_whole_page_table_without_remap_events() => MoveSilently(PagesPerTable, TableReach);

    [Scenario("R35", "mremap of a page with remap events",
        "The watch moves along, and the protection of holes has to move with it.")]
    public void Moving_one_page_with_remap_events() => MoveWithEvent(1, 0);

    [Scenario("R35-pmd", "mremap of a whole page table with remap events",
        "As R35 where the kernel moves a page table at once and looks at no single entry.")]
    public void Moving_a_whole_page_table_with_remap_events() => MoveWithEvent(PagesPerTable, TableReach);

    private static void MoveSilently(nuint pages, nuint alignment)
    {
        using var destination = MemoryRegion.Anonymous(pages, alignment);
        using var watched = Watched.Over(MemoryRegion.Anonymous(pages, alignment));
        watched.Protect();
        var seen = Observation.Begin();
        seen["outcome"] = watched.Memory.MoveTo(destination);
        seen["pagemap"] = Pagemap.Over(destination.Range);
        seen["protect"] = Watched.Name(watched.Uffd.TryWriteProtect(destination.Range, UffdioWriteprotectMode.Wp));
        seen["event"] = watched.EventOf(Access.Write(destination.Range.Start, 1));
        seen.MustMatch();
    }

    /// <summary>mremap(2) returns only when its event has been read, so it runs on a thread of its own.</summary>
    private static void MoveWithEvent(nuint pages, nuint alignment)
    {
        using var destination = MemoryRegion.Anonymous(pages, alignment);
        using var watched = Watched.Over(MemoryRegion.Anonymous(pages, alignment), extra: UffdFeature.EventRemap);
        watched.Protect();
        var move = Access.Call(() => watched.Memory.MoveTo(destination));
        var seen = Observation.Begin();
        seen["event"] = watched.EventsUntilDone(move);
        seen["outcome"] = move.Outcome;
        seen["pagemap"] = Pagemap.Over(destination.Range);
        seen["write"] = watched.EventsUntilDone(Access.Write(destination.Range.Start, 1));
        seen.MustMatch();
    }
}
