using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>A part of what a page table reaches, all protected holes, is treated differently without memory for the table.</summary>
/// <remarks>A kernel that has a table already needs none. One that kept a single mark may fail, but not lose protection unsaid.</remarks>
public sealed class WholeTableOutOfMemory
{
    private const nuint Page = 5;
    private const int MostTries = 20;

    private delegate Errno Attempt(FailingAllocation failing, Watched watched, out bool failed);

    [Scenario("R76-unprotect", "Lifting one page below a page table without memory",
        "Where a table has to be made first, the call must say that it was not, and change nothing. Again, with memory, it works.")]
    public void Lifting_one_page_without_memory() =>
        Observe((failing, watched, out failed) => failing.RemoveWriteProtection(watched.Uffd, watched.Page(Page), out failed),
            watched => watched.Uffd.TryWriteProtect(watched.Page(Page), 0));

    [Scenario("R76-unprotect-whole", "Lifting all below a page table without memory",
        "All of it is treated alike, so no table is needed: this never fails.")]
    public void Lifting_all_below_a_page_table_without_memory() =>
        Observe((failing, watched, out failed) => failing.RemoveWriteProtection(watched.Uffd, Holes(watched), out failed),
            watched => watched.Uffd.TryWriteProtect(Holes(watched), 0));

    [Scenario("R76-copy", "Filling a page below a page table without memory",
        "As R76-unprotect: a page needs a table to be mapped in.")]
    public void Filling_a_page_without_memory()
    {
        using var source = MemoryRegion.Anonymous(1);
        source.Populate();
        Observe((failing, watched, out failed) => failing.Copy(watched.Uffd, watched.Page(Page), source.Range, out failed),
            watched => watched.Uffd.TryCopy(watched.Page(Page).Start, source.Range.Start, MemoryRange.PageSize, 0, out _));
    }

    [Scenario("R76-discard", "MADV_DONTNEED of one page below a page table without memory",
        "This call has no way to fail. What it cannot discard must stay protected: an event too many harms nobody, a write " +
        "that is missed does.")]
    public void Discarding_one_page_without_memory() =>
        Observe((failing, watched, out failed) => failing.Discard(watched.Page(Page), out failed),
            watched => MemoryRegion.Advise(watched.Page(Page), Advice.DontNeed) == "ok" ? Errno.None : Native.LastErrno());

    [Scenario("R76-border", "MADV_DONTNEED of a mapping that ends below a page table without memory",
        "A whole mapping is discarded, which never fails. A mark that stood for it and its neighbour must have been parted when " +
        "the mapping was, while there was a way to fail.")]
    public void Discarding_a_mapping_that_ends_below_a_page_table() =>
        Observe((failing, watched, out failed) =>
            {
                var first = FirstHalf(watched);
                Native.Must(Native.mprotect((nint)first.Start, (nuint)first.Length, Native.ProtRead), "mprotect");
                return failing.Discard(first, out failed);
            },
            watched => MemoryRegion.Advise(FirstHalf(watched), Advice.DontNeed) == "ok" ? Errno.None : Native.LastErrno());

    private static void Observe(Attempt attempt, Func<Watched, Errno> again)
    {
        // The guest's kernel can; the machine's own is its owner's business.
        if (Profile.Current.IsReference && FailingAllocation.Unavailable is { } reason)
            Assert.Skip(reason);
        var (watched, errno) = Try(attempt);
        using (watched)
        {
            var seen = Observation.Begin();
            seen["errno"] = Watched.Name(errno);
            seen["pagemap"] = Pagemap.Runs(Holes(watched));
            seen["again"] = Watched.Name(again(watched));
            seen["after"] = Pagemap.Runs(Holes(watched));
            seen.MustMatch();
        }
    }

    private static (Watched Watched, Errno Errno) Try(Attempt attempt)
    {
        using var failing = new FailingAllocation();
        for (var tries = 1; ; tries++)
        {
            var watched = HolesAndPage();
            var errno = attempt(failing, watched, out var failed);
            // A success that shows, and a failed allocation: it was another one's, so start over.
            var traceless = watched.Pagemap(Page) == watched.Pagemap();
            if (errno != Errno.None || !failed || traceless || tries == MostTries)
                return (watched, errno);
            watched.Dispose();
        }
    }

    private static MemoryRange Holes(Watched watched) => PageTables.Table(watched.Range, 0);

    private static MemoryRange FirstHalf(Watched watched) => watched.Range.Pages(0, PageTables.Pages / 2);

    /// <summary>Protected holes, and a page below another table: what else the first page of a mapping needs is then there.</summary>
    private static Watched HolesAndPage()
    {
        var memory = PageTables.Holes(2);
        MemoryRegion.Populate(memory.Range.Pages(PageTables.Pages), 1);
        return Watched.ProtectedHoleOver(memory);
    }
}
