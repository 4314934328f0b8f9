using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>A border comes to lie below a page table whose holes are all protected (zap_pmd_range, __vma_adjust).</summary>
public sealed unsafe class WholeTableBorders
{
    private const nuint Half = PageTables.Pages / 2;

    [Scenario("R68-dontneed-part", "MADV_DONTNEED of a part below a page table",
        "What is discarded is free to be written; what lies before and behind it is not.")]
    public void Discarding_a_part_below_a_page_table()
    {
        using var watched = PageTables.Protected(1);
        var seen = Observation.Begin();
        seen["outcome"] = MemoryRegion.Advise(watched.Range.Pages(100, 50), Advice.DontNeed);
        seen["pagemap"] = Pagemap.Runs(watched.Range);
        seen["events"] = PageTables.EventsOfWrites(watched, 99, 100, 149, 150);
        seen.MustMatch();
    }

    [Scenario("R68-dontneed-whole", "MADV_DONTNEED of all below a page table",
        "As R68-dontneed-part for one whole table of three.")]
    public void Discarding_all_below_a_page_table()
    {
        using var watched = PageTables.Protected(3);
        var seen = Observation.Begin();
        seen["outcome"] = MemoryRegion.Advise(PageTables.Table(watched.Range, 1), Advice.DontNeed);
        seen["pagemap"] = Pagemap.Runs(watched.Range);
        seen["events"] = PageTables.EventsOfWrites(watched, PageTables.Pages - 1, PageTables.Pages, 2 * PageTables.Pages);
        seen.MustMatch();
    }

    [Scenario("R68-munmap-part", "New memory between two page tables",
        "Half of what each of two tables reaches goes, and new memory takes its place. It is nobody's business; the rest still is.")]
    public void New_memory_between_two_page_tables()
    {
        using var watched = PageTables.Protected(2);
        var middle = watched.Range.Pages(Half, PageTables.Pages);
        var flags = Native.MapPrivate | Native.MapAnonymous | Native.MapNoReserve | Native.MapFixed;
        Native.Must(Native.mmap((nint)middle.Start, (nuint)middle.Length, Native.ProtRead | Native.ProtWrite, flags, -1, 0), "mmap");
        var seen = Observation.Begin();
        seen["pagemap"] = Pagemap.Runs(watched.Range);
        seen["events"] = PageTables.EventsOfWrites(watched, Half - 1, Half, Half + PageTables.Pages - 1, Half + PageTables.Pages);
        seen.MustMatch();
    }

    [Scenario("R69-mprotect-part", "mprotect of a part below a page table",
        "The mapping is split where the permission changes. No mark may be lost on either side, and none when it is joined again.")]
    public void Changing_the_permission_of_a_part_below_a_page_table()
    {
        using var watched = PageTables.Protected(1);
        var seen = Observation.Begin();
        seen["no-access"] = Permit(watched, Native.ProtNone);
        seen["again"] = Permit(watched, Native.ProtRead | Native.ProtWrite);
        seen["events"] = PageTables.EventsOfWrites(watched, 0, Half - 1, Half);
        seen.MustMatch();
    }

    [Scenario("R69-reregister-half", "Registering half of a page table's reach for missing faults only",
        "One half leaves the watch for writes and is touched; the other half is still protected. A mark that stood for both " +
        "must not go with the first.")]
    public void Registering_half_for_missing_faults_only()
    {
        using var watched = PageTables.Protected(1);
        var seen = Observation.Begin();
        watched.RegisterForMissingOnly(watched.Range.Pages(0, Half), seen);
        seen["first-half"] = PageTables.EventsOfWrites(watched, 0);
        seen["second-half"] = PageTables.EventsOfWrites(watched, Half + 1);
        seen["pagemap"] = Pagemap.Runs(watched.Range.Pages(Half, Half));
        seen.MustMatch();
    }

    private static string Permit(Watched watched, int protection)
    {
        var part = watched.Range.Pages(0, Half);
        Native.Must(Native.mprotect((nint)part.Start, (nuint)part.Length, protection), "mprotect");
        return Pagemap.Runs(watched.Range);
    }
}
