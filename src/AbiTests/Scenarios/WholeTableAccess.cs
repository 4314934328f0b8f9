using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>
/// Filling, walking and reading memory where all holes below a page table are protected (__mcopy_atomic, walk_pmd_range, follow_pmd_mask).
/// </summary>
public sealed unsafe class WholeTableAccess
{
    [Scenario("R72-copy", "Filling pages below whole page tables",
        "A monitor restores pages into protected memory. Each call meets a table that may not exist yet, the last one two of them.")]
    public void Filling_pages_below_whole_page_tables()
    {
        const nuint across = 4;
        using var watched = PageTables.Protected(5);
        using var source = MemoryRegion.Anonymous(across);
        source.Populate();
        var last = watched.Range.Pages(4 * PageTables.Pages - across / 2, across);
        var seen = Observation.Begin();
        seen["copy"] = watched.CopyInto(5);
        seen["copy-protected"] = watched.CopyInto(PageTables.Pages + 5, UffdioCopyMode.Wp);
        seen["zeropage"] = Watched.Name(watched.Uffd.TryZeroPage(watched.Page(2 * PageTables.Pages + 5), 0, out _));
        seen["copy-across"] = Watched.Name(watched.Uffd.TryCopy(last.Start, source.Range.Start, last.Length, 0, out _));
        seen["pagemap"] = Pagemap.Runs(watched.Range);
        seen.MustMatch();
    }

    [Scenario("R73", "pagemap across whole page tables",
        "A table of holes, one that is protected, one with a page, one that is protected again, in one read. A walker that " +
        "leaves one out shifts all that follows.")]
    public void Pagemap_across_whole_page_tables()
    {
        var memory = PageTables.Holes(4);
        MemoryRegion.Populate(memory.Range.Pages(2 * PageTables.Pages), 1);
        using var watched = Watched.Over(memory);
        watched.Uffd.WriteProtect(watched.Range.Pages(PageTables.Pages, 3 * PageTables.Pages));
        var seen = Observation.Begin();
        seen["pagemap"] = Pagemap.Runs(watched.Range);
        seen.MustMatch();
    }

    [Scenario("R74", "Walkers over whole page tables",
        "Statistics and advice walk the page tables. None of them may take the mark for a page, or lose it.")]
    public void Walkers_over_whole_page_tables()
    {
        const nuint tables = 2;
        using var watched = PageTables.Protected(tables);
        var seen = Observation.Begin();
        seen["free"] = MemoryRegion.Advise(watched.Range, Advice.Free);
        seen["cold"] = MemoryRegion.Advise(watched.Range, Advice.Cold);
        seen["pageout"] = MemoryRegion.Advise(watched.Range, Advice.PageOut);
        seen["collapse"] = MemoryRegion.Advise(watched.Range, Advice.Collapse);
        var residency = new byte[tables * PageTables.Pages];
        fixed (byte* vector = residency)
            Native.Must(Native.mincore((nint)watched.Range.Start, (nuint)watched.Range.Length, vector), "mincore");
        seen["resident"] = residency.Count(page => (page & 1) != 0).ToString();
        // 1: referenced bits, 4: soft-dirty bits
        File.WriteAllText("/proc/self/clear_refs", "1");
        File.WriteAllText("/proc/self/clear_refs", "4");
        seen["rss"] = Procfs.Smaps(watched.Range, "Rss:");
        seen["swap"] = Procfs.Smaps(watched.Range, "Swap:");
        seen["pagemap"] = Pagemap.Runs(watched.Range);
        seen["events"] = PageTables.EventsOfWrites(watched, 7, PageTables.Pages + 7);
        seen.MustMatch();
    }

    [Scenario("R75", "The kernel reaches below whole page tables",
        "As R29, R30 and R42 where no page table exists: the kernel looks up a page itself, and meets the mark.")]
    public void The_kernel_reaches_below_whole_page_tables()
    {
        using var watched = PageTables.Protected(4);
        var seen = Observation.Begin();
        seen["populate-read"] = Reached(watched, 7, at => MemoryRegion.Advise(at, Advice.PopulateRead));
        seen["populate-write"] = Reached(watched, PageTables.Pages + 7, at => MemoryRegion.Advise(at, Advice.PopulateWrite));
        seen["mem-read"] = Reached(watched, 2 * PageTables.Pages + 7, at => ThroughMem(at, write: false));
        seen["mem-write"] = Reached(watched, 3 * PageTables.Pages + 7, at => ThroughMem(at, write: true));
        seen["neighbours"] = Pagemap.Over(watched.Range.Pages(8, PageTables.Pages - 8));
        seen.MustMatch();
    }

    /// <summary>What came of the call, what events it raised, and what the page is then.</summary>
    private static string Reached(Watched watched, nuint page, Func<MemoryRange, string> call)
    {
        var access = Access.Call(() => call(watched.Page(page)));
        var events = watched.EventsUntilDone(access);
        return $"{access.Outcome}, {events}, {watched.Pagemap(page)}";
    }

    private static string ThroughMem(MemoryRange at, bool write)
    {
        var fd = (int)Native.Must(Native.open("/proc/self/mem", 2 | 0x80000), "open of /proc/self/mem");
        var bytes = stackalloc byte[3];
        var outcome = Native.Outcome(write ? Native.pwrite(fd, bytes, 3, (nint)at.Start) : Native.pread(fd, bytes, 3, (nint)at.Start));
        _ = Native.close(fd);
        return outcome;
    }
}
