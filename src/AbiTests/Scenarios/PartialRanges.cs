using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>
/// A part of a mapping is protected, lifted or unregistered, and everything else is looked at as well (change_protection_range). The
/// mapping of 64 pages begins inside a page table and off a 64 KiB block, so that no rounding of a range stays hidden.
/// </summary>
public sealed class PartialRanges
{
    private const nuint Pages = 64, OffGrid = 5, First = 10, Count = 10;
    private const nuint ReachOfATable = 2 << 20, ReachOfADirectory = 1 << 30;

    [Scenario("R11-part", "Protecting a part of a hole",
        "Pages 10 to 19 of 64 are protected, off every block. A rounded range would leave writes at the edges unreported, " +
        "or report others.")]
    public void Protecting_a_part_of_a_hole()
    {
        using var watched = Unprotected();
        watched.Uffd.WriteProtect(Inside(watched));
        Look(watched);
    }

    /// <summary>No table exists yet on either side of the border that the range crosses; every page is looked at.</summary>
    [Scenario("R11-fresh", "Protecting a hole across absent page tables",
        "No table exists on either side of the border that the range crosses. Every page has to be protected, not only " +
        "those of the first table.")]
    public void Protecting_a_hole_across_absent_page_tables()
    {
        const nuint pagesOfATable = 512, pagesOfADirectory = 512 * 512;
        using var tables = Watched.Over(MemoryRegion.AnonymousBehind(pagesOfATable, ReachOfATable, pagesOfATable / 2));
        using var directories = Watched.Over(MemoryRegion.AnonymousBehind(8, ReachOfADirectory, pagesOfADirectory - 4));
        tables.Protect();
        directories.Protect();
        var seen = Observation.Begin();
        seen["tables"] = Pagemap.Over(tables.Range);
        seen["directories"] = Pagemap.Over(directories.Range);
        seen["events"] = directories.EventsUntilDone(directories.Write(7));
        seen.MustMatch();
    }

    [Scenario("R17-part", "Lifting a part of a protected hole",
        "Protection is lifted from pages 10 to 19 of 64. A snapshot resolves page by page, and all the others must stay protected.")]
    public void Lifting_a_part_of_a_protected_hole()
    {
        using var watched = Unprotected();
        watched.Protect();
        watched.Uffd.RemoveWriteProtection(Inside(watched));
        Look(watched);
    }

    [Scenario("R36-part", "Unregistering a part of a protected hole",
        "Pages 10 to 19 of 64 leave the watch. The rest of the mapping is split off and must keep its protection.")]
    public void Unregistering_a_part_of_a_protected_hole()
    {
        using var watched = Unprotected();
        watched.Protect();
        watched.Uffd.Unregister(Inside(watched));
        Look(watched);
    }

    private static Watched Unprotected() => Watched.Over(MemoryRegion.AnonymousBehind(Pages, ReachOfATable, OffGrid));

    private static MemoryRange Inside(Watched watched) => watched.Range.Pages(First, Count);

    private static void Look(Watched watched)
    {
        var seen = Observation.Begin();
        seen["before"] = Pagemap.Over(watched.Range.Pages(0, First));
        seen["inside"] = Pagemap.Over(Inside(watched));
        seen["behind"] = Pagemap.Over(watched.Range.Pages(First + Count, Pages - First - Count));
        // The pages at the four edges, which a rounded range would get wrong.
        seen["events"] = string.Join(" ", new[] { First - 1, First, First + Count - 1, First + Count }.Select(page => watched.EventsUntilDone(watched.Write(page))));
        seen.MustMatch();
    }
}
