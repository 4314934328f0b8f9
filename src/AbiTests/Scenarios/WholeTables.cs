using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Holes as large as a page table reaches are protected and lifted, as a whole and in part (change_pmd_range).</summary>
/// <remarks>A kernel may keep one mark above the table for all of them. It must not show, but in the number of tables.</remarks>
public sealed class WholeTables
{
    private const nuint Tables = 16, Half = PageTables.Pages / 2;

    [Scenario("R65-whole", "Protecting holes as large as page tables reach",
        "Every page has to be protected, whatever the mark is kept in. The tables say what it is kept in.")]
    public void Protecting_holes_as_large_as_page_tables_reach()
    {
        using var watched = Watched.Over(PageTables.Holes(Tables));
        var before = Procfs.PageTableKibibytes;
        watched.Protect();
        var seen = Observation.Begin();
        seen["kib-per-table"] = PageTables.GrownPer(Tables, before);
        seen["pagemap"] = Pagemap.Runs(watched.Range);
        seen["events"] = PageTables.EventsOfWrites(watched, 0, PageTables.Pages - 1, PageTables.Pages, Tables * PageTables.Pages - 1);
        seen.MustMatch();
    }

    [Scenario("R65-partial", "Protecting one and a half page tables of two",
        "The range begins inside of what one table reaches, and ends with another. Where one mark stands for all below a " +
        "table, it must not be put where only a part is asked for.")]
    public void Protecting_one_and_a_half_page_tables_of_two()
    {
        // Twice as many, so that each pair outweighs what the runtime does to its own tables meanwhile.
        const nuint tables = 2 * Tables;
        using var watched = Watched.Over(PageTables.Holes(tables));
        var before = Procfs.PageTableKibibytes;
        for (nuint table = 0; table < tables; table += 2)
            watched.Uffd.WriteProtect(watched.Range.Pages(table * PageTables.Pages + Half, PageTables.Pages + Half));
        var seen = Observation.Begin();
        seen["kib-per-two-tables"] = PageTables.GrownPer(tables / 2, before);
        seen["pagemap"] = Pagemap.Runs(watched.Range.Pages(0, 2 * PageTables.Pages));
        const nuint end = 2 * PageTables.Pages;
        seen["events"] = PageTables.EventsOfWrites(watched, Half - 1, Half, PageTables.Pages, end - 1, end);
        seen.MustMatch();
    }

    [Scenario("R66-unprotect-page", "Lifting one page below a page table",
        "A snapshot lifts page by page. The 511 neighbours must stay protected, also where one mark stood for all of them.")]
    public void Lifting_one_page_below_a_page_table()
    {
        using var watched = Watched.Over(PageTables.Holes(Tables));
        var before = Procfs.PageTableKibibytes;
        watched.Protect();
        for (nuint table = 0; table < Tables; table++)
            watched.Uffd.RemoveWriteProtection(watched.Page(table * PageTables.Pages + 5));
        var seen = Observation.Begin();
        seen["kib-per-table"] = PageTables.GrownPer(Tables, before);
        seen["pagemap"] = Pagemap.Runs(watched.Range.Pages(0, PageTables.Pages));
        seen["events"] = PageTables.EventsOfWrites(watched, 4, 5, 6);
        seen.MustMatch();
    }

    [Scenario("R66-unprotect-whole", "Lifting all below a page table, where a huge page could be",
        "What stays behind after protect and lift decides whether the memory can still become a huge page.")]
    public void Lifting_all_below_a_page_table_where_a_huge_page_could_be()
    {
        using var watched = Watched.Over(HugePages.Region(1));
        watched.Protect();
        var seen = Observation.Begin();
        seen["protected"] = Pagemap.Runs(watched.Range);
        watched.Unprotect();
        seen["event"] = watched.EventsUntilDone(watched.Write());
        seen["pagemap"] = Pagemap.Runs(watched.Range);
        seen["huge"] = Procfs.Smaps(watched.Range, "AnonHugePages:");
        seen.MustMatch();
    }
}
