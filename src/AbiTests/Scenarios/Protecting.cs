using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>What UFFDIO_WRITEPROTECT leaves in the page table of memory nobody touched (change_pte_range).</summary>
public sealed class Protecting
{
    [Scenario("R11", "Protecting a hole",
        "What UFFDIO_WRITEPROTECT leaves in the page table of memory that nobody touched. This entry is what the variants are " +
        "about: nothing, a marker, or the zero page.")]
    public void Protecting_a_hole()
    {
        using var watched = Watched.Hole();
        var seen = Observation.Begin();
        seen["faults"] = NativeAccess.CountedWriteProtect(watched.Uffd, watched.Range).ToString();
        seen["pagemap"] = watched.Pagemap();
        seen.MustMatch();
    }

    [Scenario("R11-tables", "What protecting a hole costs in page tables",
        "A mark needs a page table to stand in. This is the price of protecting memory that may never be used.")]
    public void Page_tables_a_protected_hole_costs()
    {
        const nuint hugePages = 32, pagesPerHugePage = 512;
        using var watched = Watched.Hole(hugePages * pagesPerHugePage);
        var before = Procfs.PageTableKibibytes;
        watched.Protect();
        var grown = Procfs.PageTableKibibytes - before;
        var seen = Observation.Begin();
        // The runtime may add or free a table of its own meanwhile, and the region may need an upper one; none of it reaches half a table per 2 MiB.
        seen["kib-per-2mib"] = (4 * Math.Round(grown / (4.0 * hugePages))).ToString();
        seen.MustMatch();
    }

    [Scenario("R16", "mincore of a protected hole",
        "mincore(2) tells what is in memory. A zero page counts as resident, so tools see memory that nobody ever used.")]
    public unsafe void Mincore_of_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole();
        byte residency = 0;
        var seen = Observation.Begin();
        seen["outcome"] = Native.Outcome(Native.mincore((nint)watched.Range.Start, watched.Range.Length, &residency));
        seen["resident"] = (residency & 1).ToString();
        seen.MustMatch();
    }

    [Scenario("R17", "Lifting the protection of an untouched hole",
        "After protect and unprotect a hole should be a hole again. What stays behind decides the cost of the next access.")]
    public void Lifting_the_protection_of_an_untouched_hole()
    {
        using var watched = Watched.ProtectedHole();
        watched.Unprotect();
        var seen = Observation.Begin();
        seen["pagemap"] = watched.Pagemap();
        seen["event"] = watched.EventsUntilDone(watched.Write());
        seen.MustMatch();
    }

    [Scenario("R18", "Protecting a hole twice",
        "A monitor protects everything at the start of each interval. The second time must neither fail nor lose the first mark.")]
    public void Protecting_a_hole_twice()
    {
        using var watched = Watched.ProtectedHole();
        var seen = Observation.Begin();
        seen["errno"] = Watched.Name(watched.Uffd.TryWriteProtect(watched.Range, UffdioWriteprotectMode.Wp));
        seen["pagemap"] = watched.Pagemap();
        seen["events"] = watched.EventsUntilDone(watched.Write());
        seen["after"] = watched.Pagemap();
        seen.MustMatch();
    }
}
