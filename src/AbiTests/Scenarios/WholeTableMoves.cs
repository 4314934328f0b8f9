using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>mremap(2) where all holes below a page table are protected (move_page_tables, move_normal_pud).</summary>
/// <remarks>One mark for a whole table can only move to where a whole table lies; anywhere else its pages move one by one.</remarks>
public sealed class WholeTableMoves
{
    private const nuint Tables = 2, PagesOfADirectory = 512 * 512;

    [Scenario("R71", "mremap of whole page tables without remap events",
        "As R34, from and to places that lie differently against the borders of page tables: nothing stays protected at the new place.")]
    public void Without_remap_events() => Move(0);

    [Scenario("R71-event", "mremap of whole page tables with remap events",
        "As R35, from and to places that lie differently against the borders of page tables: every page stays protected.")]
    public void With_remap_events() => Move(UffdFeature.EventRemap);

    private static void Move(UffdFeature extra)
    {
        var seen = Observation.Begin();
        seen["aligned"] = Moved(extra, PageTables.Holes(Tables), PageTables.Holes(Tables));
        seen["source-off"] = Moved(extra, PageTables.HolesBehind(1, Tables), PageTables.Holes(Tables));
        seen["target-off"] = Moved(extra, PageTables.Holes(Tables), PageTables.HolesBehind(1, Tables));
        seen["both-off"] = Moved(extra, PageTables.HolesBehind(1, Tables), PageTables.HolesBehind(1, Tables));
        seen["gibibyte"] = Moved(extra, Gibibyte(), Gibibyte());
        seen.MustMatch();
    }

    /// <summary>What the pages are before, and at the new place; then what events a write there raises.</summary>
    private static string Moved(UffdFeature extra, MemoryRegion from, MemoryRegion to)
    {
        using var destination = to;
        using var watched = Watched.Over(from, extra: extra);
        watched.Protect();
        var before = Pagemap.Over(watched.Range);
        // With events, mremap(2) returns only when its event has been read, so it needs another thread.
        var move = Access.Call(() => watched.Memory.MoveTo(destination));
        watched.EventsUntilDone(move);
        Assert.Equal("ok", move.Outcome);
        var after = Pagemap.Over(destination.Range);
        var events = watched.EventsUntilDone(Access.Write(destination.Range.Pages(PageTables.Pages + 7).Start, 1));
        return $"{before} > {after}, {events}";
    }

    private static MemoryRegion Gibibyte() => MemoryRegion.Anonymous(PagesOfADirectory, 1 << 30);
}
