using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Ranges and modes UFFDIO_WRITEPROTECT and UFFDIO_REGISTER refuse (validate_range, mwriteprotect_range, userfaultfd_register).</summary>
public sealed class BadRanges
{
    private const nuint Page = 4096;

    /// <summary>Above the task size of every x86-64 kernel, five-level paging included.</summary>
    private static readonly nuint BeyondAnyTask = ((nuint)1 << 56) - Page;

    [Scenario("R7-unaligned", "A range that is not aligned to pages",
        "Protection is by page. Rounding silently would protect memory that the caller did not name.")]
    public void An_unaligned_range() => Refuses(
        ("start", at => new(at + 1, Page), UffdioWriteprotectMode.Wp),
        ("length", at => new(at, Page + 1), UffdioWriteprotectMode.Wp));

    [Scenario("R7-empty", "An empty range",
        "A length of zero is a mistake of the caller, and must not pass for a protected range.")]
    public void An_empty_range() => Refuses(("errno", at => new(at, 0), UffdioWriteprotectMode.Wp));

    [Scenario("R7-wrap", "A range that wraps around the address space",
        "Start plus length overflows. A kernel that computed with the sum would walk memory that was never named.")]
    public void A_range_that_wraps_around() => Refuses(("errno", at => new(at, nuint.MaxValue & ~(Page - 1)), UffdioWriteprotectMode.Wp));

    [Scenario("R7-beyond", "A range beyond the address space",
        "An end above every task's memory must be refused before any page table is looked at.")]
    public void A_range_beyond_the_address_space() => Refuses(("errno", _ => new(BeyondAnyTask, Page), UffdioWriteprotectMode.Wp));

    [Scenario("R7-mode", "A mode that nobody knows",
        "An unknown mode bit, and a combination that has no meaning, must be refused, so that later kernels can give them one.")]
    public void A_mode_nobody_knows() => Refuses(
        ("unknown", at => new(at, Page), (UffdioWriteprotectMode)4),
        ("wp-and-dontwake", at => new(at, Page), UffdioWriteprotectMode.Wp | UffdioWriteprotectMode.Dontwake));

    [Scenario("R8-unregistered", "Memory that nobody registered",
        "A monitor must not be able to protect what it does not watch: the writer would block and nobody would answer.")]
    public void Memory_nobody_registered()
    {
        using var memory = MemoryRegion.Anonymous(1);
        memory.Populate();
        using var uffd = Watched.Open();
        ObserveProtect(uffd, memory.Range, memory.Range);
    }

    [Scenario("R8-missing-only", "Memory registered for missing faults only",
        "Protection asks for a registration of its own, as its faults go to whoever registered for them.")]
    public void Memory_registered_for_missing_faults_only()
    {
        var memory = MemoryRegion.Anonymous(1);
        memory.Populate();
        using var watched = Watched.Over(memory, UffdioRegisterMode.Missing);
        ObserveProtect(watched.Uffd, watched.Range, watched.Range);
    }

    [Scenario("R8-past-end", "A range that runs past the end of its mapping",
        "6.1 refuses the whole call and protects nothing. Later kernels protect what is there, so a monitor must know which it runs on.")]
    public void A_range_that_runs_past_the_end_of_its_mapping()
    {
        var memory = MemoryRegion.Anonymous(2);
        memory.Populate();
        using var watched = Watched.Over(memory);
        watched.Memory.Unmap(watched.Page(1));
        ObserveProtect(watched.Uffd, watched.Range, watched.Page(0));
    }

    [Scenario("R8-unmapped", "Memory that is not mapped",
        "There is no page table to protect, and success would be a lie.")]
    public void Unmapped_memory()
    {
        using var watched = Watched.Hole(2);
        watched.Memory.Unmap(watched.Page(1));
        var seen = Observation.Begin();
        seen["errno"] = Watched.Name(watched.Uffd.TryWriteProtect(watched.Page(1), UffdioWriteprotectMode.Wp));
        seen.MustMatch();
    }

    [Scenario("R9", "Two adjacent mappings in one call",
        "A region that an application sees as one may be several mappings to the kernel. 6.1 protects only one mapping a call.")]
    public void Two_adjacent_mappings_at_once()
    {
        var memory = MemoryRegion.Anonymous(2);
        memory.Populate();
        // A flag on one half keeps the halves two mappings.
        MemoryRegion.Advise(memory.Range.Pages(1), Advice.DontDump);
        using var watched = Watched.Over(memory);
        ObserveProtect(watched.Uffd, watched.Range, watched.Range);
    }

    [Scenario("R10", "A second descriptor on the same range",
        "Two monitors of one range would answer each other's faults.")]
    public void A_second_descriptor_on_the_same_range()
    {
        using var watched = Watched.Hole();
        using var second = Watched.Open();
        var seen = Observation.Begin();
        seen["errno"] = Watched.Name(second.TryRegister(watched.Range, UffdioRegisterMode.Wp, out _));
        seen.MustMatch();
    }

    private static void Refuses(params (string Observable, Func<nuint, MemoryRange> Range, UffdioWriteprotectMode Mode)[] calls)
    {
        using var watched = Watched.Hole(2);
        var seen = Observation.Begin();
        foreach (var (observable, range, mode) in calls)
            seen[observable] = Watched.Name(watched.Uffd.TryWriteProtect(range(watched.Range.Start), mode));
        seen.MustMatch();
    }

    private static void ObserveProtect(UserfaultfdDescriptor uffd, MemoryRange range, MemoryRange looked)
    {
        var seen = Observation.Begin();
        seen["errno"] = Watched.Name(uffd.TryWriteProtect(range, UffdioWriteprotectMode.Wp));
        seen["pagemap"] = Pagemap.Over(looked);
        seen.MustMatch();
    }
}
