using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Processes;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Memory that is not ordinary anonymous memory: hugetlb, memfd, real files (hugetlb_change_protection, vma_can_userfault).</summary>
public sealed class OtherMemory
{
    [Scenario("R49", "A protected hole in hugetlb memory",
        "hugetlb had markers before: it shows on every kernel what a marker is to do under reads and MADV_DONTNEED.")]
    public void A_protected_hole_in_hugetlb_memory()
    {
        RequireHugePages();
        using var watched = Watched.Over(MemoryRegion.Hugetlb(1), extra: UffdFeature.WpHugetlbfsShmem);
        watched.Protect();
        var seen = Observation.Begin();
        seen["pagemap"] = watched.Pagemap();
        seen["small-range"] = Watched.Name(watched.Uffd.TryWriteProtect(watched.Page(), UffdioWriteprotectMode.Wp));
        MemoryRegion.Advise(watched.Range, Advice.DontNeed);
        seen["discarded"] = watched.Pagemap();
        seen["read"] = watched.EventOf(watched.Read());
        seen["after-read"] = watched.Pagemap();
        seen.MustMatch();
    }

    [Scenario("R49-write", "A write to a protected hole in hugetlb memory",
        "As R12 for hugetlb: it worked before, and must go on working.")]
    public void A_write_to_a_protected_hole_in_hugetlb_memory()
    {
        RequireHugePages();
        using var watched = Watched.Over(MemoryRegion.Hugetlb(1), extra: UffdFeature.WpHugetlbfsShmem);
        watched.Protect();
        var write = watched.Write();
        var seen = Observation.Begin();
        seen["event"] = watched.EventOf(write);
        watched.Unprotect();
        seen["faults"] = write.Faults.ToString();
        seen.MustMatch();
    }

    [Scenario("R50", "A forked child's write to a protected page of hugetlb memory",
        "On 6.1 the child inherits the mark without the watch and faults for ever. Kernels since 6.4 do not pass the mark on.")]
    public void A_forked_childs_write_to_a_protected_page_of_hugetlb_memory()
    {
        RequireHugePages(2);
        var memory = MemoryRegion.Hugetlb(1);
        memory.Populate();
        using var watched = Watched.Over(memory, extra: UffdFeature.WpHugetlbfsShmem);
        watched.Protect();
        var seen = Observation.Begin();
        seen["pagemap"] = watched.Pagemap();
        using (var child = ForkedChild.Sleeping())
            seen["child-pagemap"] = Pagemap.At(watched.Range.Start, child.Pid);
        using (var child = ForkedChild.Writing(watched.Range.Start))
            seen["child"] = child.EndOrEndlessFaults();
        seen.MustMatch();
    }

    [Scenario("R51-shared", "A protected hole in a shared memfd",
        "Shared memory had markers before, and keeps them over MADV_DONTNEED. The series must not change that.")]
    public void A_protected_hole_in_a_shared_memfd() => Memfd(shared: true);

    [Scenario("R51-private", "A protected hole in a private memfd",
        "As R51-shared for a private mapping, where a write makes a copy.")]
    public void A_protected_hole_in_a_private_memfd() => Memfd(shared: false);

    [Scenario("R52", "A mapping of a real file",
        "Files on disk cannot be watched for writes. Registering must fail rather than promise it.")]
    public void A_mapping_of_a_real_file()
    {
        var path = Environment.ProcessPath!;
        var fd = (int)Native.Must(Native.open(path, 0x80000), $"open of {path}");
        using var memory = MemoryRegion.File(fd, 1, shared: false);
        _ = Native.close(fd);
        using var uffd = Watched.Open();
        var seen = Observation.Begin();
        seen["errno"] = Watched.Name(uffd.TryRegister(memory.Range, UffdioRegisterMode.Wp, out _));
        seen.MustMatch();
    }

    private static void Memfd(bool shared)
    {
        var fd = (int)Native.Must(Native.memfd_create("faultline", 1), "memfd_create");
        Native.Must(Native.ftruncate(fd, 4096), "ftruncate");
        using var watched = Watched.Over(MemoryRegion.File(fd, 1, shared), extra: UffdFeature.WpHugetlbfsShmem);
        _ = Native.close(fd);
        watched.Protect();
        var seen = Observation.Begin();
        seen["pagemap"] = watched.Pagemap();
        MemoryRegion.Advise(watched.Range, Advice.DontNeed);
        seen["discarded"] = watched.Pagemap();
        var write = watched.Write();
        seen["event"] = watched.EventOf(write);
        watched.Unprotect();
        seen["faults"] = write.Faults.ToString();
        seen.MustMatch();
    }

    /// <summary>The guest reserves them; the machine's own kernel may have none, and that is its owner's business.</summary>
    private static void RequireHugePages(int count = 1)
    {
        if (Profile.Current.IsReference && Procfs.FreeHugePages < count)
            Assert.Skip($"Too few huge pages are reserved on this machine: write {count} or more to /proc/sys/vm/nr_hugepages to run this test.");
    }
}
