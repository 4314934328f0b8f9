using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>What a protected hole costs and how the kernel's statistics count it (smaps, soft-dirty, page tables).</summary>
public sealed class Accounting
{
    [Scenario("R57", "Page tables of a protected gibibyte",
        "What protecting untouched memory costs at scale, and whether the tables go back when the memory does.")]
    public void Page_tables_of_a_protected_gibibyte()
    {
        const nuint pages = 1 << 18;
        var watched = Watched.Hole(pages);
        var before = Procfs.PageTableKibibytes;
        var seen = Observation.Begin();
        try
        {
            watched.Protect();
            seen["protected"] = Grown();
            watched.Unprotect();
            seen["unprotected"] = Grown();
            watched.Uffd.Unregister(watched.Range);
            seen["unregistered"] = Grown();
        }
        finally
        {
            watched.Dispose();
        }
        seen["unmapped"] = Grown();
        seen.MustMatch();

        // 512 tables of 4 KiB are 2 MiB; the upper levels add a few KiB that depend on where the region lies.
        string Grown() => $"{(Procfs.PageTableKibibytes - before + 512) / 1024} MiB";
    }

    [Scenario("R59", "Clearing soft-dirty bits",
        "Another tracker's reset (/proc/PID/clear_refs) walks the same entries and must not take userfaultfd's marks.")]
    public void Clearing_soft_dirty_bits()
    {
        using var written = MemoryRegion.Anonymous(1);
        written.Populate();
        if (!Pagemap.IsSoftDirty(written.Range))
            Assert.Skip($"{Procfs.KernelRelease} has no soft-dirty bits (CONFIG_MEM_SOFT_DIRTY): there is nothing to clear.");
        using var watched = Watched.ProtectedHole();
        File.WriteAllText("/proc/self/clear_refs", "4");
        var seen = Observation.Begin();
        seen["cleared"] = Pagemap.IsSoftDirty(written.Range) ? "no" : "yes";
        seen["pagemap"] = watched.Pagemap();
        seen["events"] = watched.EventsUntilDone(watched.Write());
        seen.MustMatch();
    }

    [Scenario("R60", "smaps of a protected hole",
        "Neither markers nor zero pages are memory of the process, and its statistics must not count them.")]
    public void Smaps_of_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole(pages: 16);
        var seen = Observation.Begin();
        seen["rss"] = Procfs.Smaps(watched.Range, "Rss:");
        seen["swap"] = Procfs.Smaps(watched.Range, "Swap:");
        seen["flags"] = Procfs.Smaps(watched.Range, "VmFlags:").Split(' ').Contains("uw") ? "uw" : "no uw";
        seen.MustMatch();
    }
}
