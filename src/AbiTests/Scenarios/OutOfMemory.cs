using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>UFFDIO_WRITEPROTECT where there is no memory for a page table (change_prepare, change_pmd_prepare).</summary>
public sealed class OutOfMemory
{
    private const nuint PagesOfATable = 512, FirstHole = 1, HoleWithoutTable = PagesOfATable, Pages = 2 * PagesOfATable;
    private const int MostTries = 20;

    [Scenario("R64", "Protecting a hole without memory for its page table",
        "A mark needs memory, and there may be none. The call has to say so: a success would leave memory unprotected in silence.")]
    public void Protecting_a_hole_without_memory_for_its_page_table()
    {
        // The guest's kernel can; the machine's own is its owner's business.
        if (Profile.Current.IsReference && FailingAllocation.Unavailable is { } reason)
            Assert.Skip(reason);
        using var watched = ProtectedWithoutMemory(out var errno);
        var seen = Observation.Begin();
        seen["errno"] = Watched.Name(errno);
        seen["before"] = watched.Pagemap(FirstHole);
        seen["behind"] = watched.Pagemap(HoleWithoutTable);
        seen["again"] = Watched.Name(watched.Uffd.TryWriteProtect(watched.Range, UffdioWriteprotectMode.Wp));
        seen["pagemap"] = Pagemap.Over(watched.Range.Pages(FirstHole, Pages - FirstHole));
        seen.MustMatch();
    }

    [Scenario("R64-upper", "Protecting a hole without memory for the tables above",
        "A hole under an empty upper entry needs two tables. Whichever of them cannot be had, the call has to say so.")]
    public void Protecting_a_hole_without_memory_for_the_tables_above()
    {
        if (Profile.Current.IsReference && FailingAllocation.Unavailable is { } reason)
            Assert.Skip(reason);
        var seen = Observation.Begin();
        foreach (var (name, nth) in new[] { ("directory", 1), ("table", 2) })
        {
            using var watched = EmptyWithoutMemory(nth, out var errno);
            seen[name] = Watched.Name(errno);
            seen[$"{name}-pagemap"] = Pagemap.Over(watched.Range);
        }
        seen.MustMatch();
    }

    /// <summary>A hole under an empty upper entry, which takes two tables to protect: the first or the second allocation fails.</summary>
    private static Watched EmptyWithoutMemory(int nth, out Errno errno)
    {
        const nuint reachOfADirectory = 1 << 30;
        using var failing = new FailingAllocation();
        for (var tries = 1; ; tries++)
        {
            var watched = Watched.Over(MemoryRegion.AnonymousBehind(2, reachOfADirectory, offset: 5));
            errno = failing.WriteProtect(watched.Uffd, watched.Range, out var failed, nth);
            if (errno != Errno.None || !failed || tries == MostTries)
                return watched;
            watched.Dispose();
        }
    }

    /// <summary>Two page tables' worth of holes: the first table is there, for the sake of one page, and there is no memory for the second.</summary>
    private static Watched ProtectedWithoutMemory(out Errno errno)
    {
        using var failing = new FailingAllocation();
        for (var tries = 1; ; tries++)
        {
            var watched = Watched.Over(MemoryRegion.Anonymous(Pages, alignment: PagesOfATable * MemoryRange.PageSize));
            NativeAccess.Write(watched.Range.Start, 1);
            errno = failing.WriteProtect(watched.Uffd, watched.Range, out var failed);
            // A success beside a failed allocation: it was another one's, so start over. A kernel that hides the failure never gets further.
            if (errno != Errno.None || !failed || tries == MostTries)
                return watched;
            watched.Dispose();
        }
    }
}
