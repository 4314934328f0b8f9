using Faultline.AbiTests.Support;

namespace Faultline.AbiTests.Scenarios;

/// <summary>mremap(2) of a protected hole (move_ptes, move_normal_pmd, mremap_userfaultfd_prep).</summary>
public sealed class Remapping
{
    private const ulong PagesPerTable = 512;
    private const nuint TableReach = 2 << 20;

    [Scenario("R34")]
    public void Moving_one_page_without_remap_events() => MoveSilently(1, 0);

    [Scenario("R34-pmd")]
    public void Moving_a_whole_page_table_without_remap_events() => MoveSilently(PagesPerTable, TableReach);

    [Scenario("R35")]
    public void Moving_one_page_with_remap_events() => MoveWithEvent(1, 0);

    [Scenario("R35-pmd")]
    public void Moving_a_whole_page_table_with_remap_events() => MoveWithEvent(PagesPerTable, TableReach);

    private static void MoveSilently(ulong pages, nuint alignment)
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
    private static void MoveWithEvent(ulong pages, nuint alignment)
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
