using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Transparent huge pages under protection (change_huge_pmd, change_pmd_prepare, __split_huge_zero_page_pmd).</summary>
public sealed class HugePages
{
    private const nuint PagesPerHugePage = 512;

    [Scenario("R44", "The huge zero page",
        "A read of a large hole may map two megabytes of zeros at once. Protecting and splitting it must keep every base page " +
        "protected.")]
    public void The_huge_zero_page()
    {
        using var watched = Watched.Over(Region(1));
        watched.EventsUntilDone(watched.Read());
        watched.Protect();
        var seen = Observation.Begin();
        seen["protected"] = watched.Pagemap();
        var write = watched.Write();
        seen["event"] = watched.EventOf(write);
        watched.Uffd.RemoveWriteProtection(watched.Page());
        watched.EventsUntilDone(write);
        seen["written"] = watched.Pagemap();
        seen["neighbour"] = watched.Pagemap(1);
        seen["neighbour-event"] = watched.EventsUntilDone(watched.Write(1));
        seen.MustMatch();
    }

    [Scenario("R45", "A hole where a huge page could be",
        "A write to a protected hole must not put a huge page in place and with it 511 pages that nobody was told of.")]
    public void A_hole_where_a_huge_page_could_be()
    {
        const nuint hugePages = 32;
        using var watched = Watched.Over(Region(hugePages));
        var before = Procfs.PageTableKibibytes;
        watched.Protect();
        var grown = Procfs.PageTableKibibytes - before;
        var seen = Observation.Begin();
        // Half of what is certain: the runtime may add or free a few tables meanwhile, most of all in a guest that was resumed.
        seen["tables"] = grown >= 2 * (long)hugePages ? "yes" : "no";
        seen["events"] = watched.EventsUntilDone(watched.Write());
        seen["huge"] = Procfs.Smaps(watched.Range, "AnonHugePages:");
        seen.MustMatch();
    }

    [Scenario("R46-whole", "Protecting a whole huge page",
        "A huge page that is all protected need not be split.")]
    public void Protecting_a_whole_huge_page()
    {
        using var watched = Watched.Over(Populated());
        watched.Protect();
        var seen = Observation.Begin();
        seen["pagemap"] = Pagemap.Over(watched.Range);
        seen["huge"] = Procfs.Smaps(watched.Range, "AnonHugePages:");
        seen["events"] = watched.EventsUntilDone(watched.Write());
        seen.MustMatch();
    }

    [Scenario("R46-part", "Protecting one base page of a huge page",
        "Only the named page may be protected, so the huge page is split, and its neighbours stay writable.")]
    public void Protecting_one_base_page_of_a_huge_page()
    {
        using var watched = Watched.Over(Populated());
        watched.Uffd.WriteProtect(watched.Page(1));
        var seen = Observation.Begin();
        seen["protected"] = watched.Pagemap(1);
        seen["neighbours"] = Pagemap.Over(watched.Range.Pages(2, PagesPerHugePage - 2));
        seen["huge"] = Procfs.Smaps(watched.Range, "AnonHugePages:");
        seen.MustMatch();
    }

    [Scenario("R47", "MADV_COLLAPSE over a protected hole",
        "Putting a huge page in place of protected holes would lose every mark. The kernel has to refuse.")]
    public void Collapsing_a_protected_hole()
    {
        using var watched = Watched.ProtectedHoleOver(MemoryRegion.Anonymous(PagesPerHugePage, 2 << 20));
        MemoryRegion.Advise(watched.Range, Advice.HugePage);
        var seen = Observation.Begin();
        seen["outcome"] = MemoryRegion.Advise(watched.Range, Advice.Collapse);
        seen["pagemap"] = Pagemap.Over(watched.Range);
        seen.MustMatch();
    }

    internal static MemoryRegion Region(nuint hugePages)
    {
        // The guest offers them; the machine's own kernel is as its owner set it.
        if (Profile.Current.IsReference && !Procfs.OffersTransparentHugePages)
            Assert.Skip("Transparent huge pages, or the huge zero page, are switched off on this machine: see /sys/kernel/mm/transparent_hugepage.");
        var memory = MemoryRegion.AnonymousWithDefaultHugePages(hugePages * PagesPerHugePage);
        Assert.Equal("ok", MemoryRegion.Advise(memory.Range, Advice.HugePage));
        return memory;
    }

    private static MemoryRegion Populated()
    {
        var memory = Region(1);
        memory.Populate();
        Assert.Equal("2048 kB", Procfs.Smaps(memory.Range, "AnonHugePages:"));
        return memory;
    }
}
