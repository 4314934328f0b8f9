using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Who is woken when (userfaultfd_writeprotect, userfaultfd_unregister, userfaultfd_release).</summary>
public sealed class Waking
{
    private static readonly TimeSpan LongEnoughToWake = TimeSpan.FromMilliseconds(60);

    [Scenario("R19", "Lifting the protection without waking",
        "With MODE_DONTWAKE a monitor lifts the protection of many pages first and wakes their writers once.")]
    public void Lifting_protection_without_waking()
    {
        using var watched = Watched.ProtectedPages();
        var write = watched.Write();
        var seen = Observation.Begin();
        seen["event"] = watched.EventOf(write);
        watched.Uffd.RemoveWriteProtection(watched.Range, wake: false);
        seen["unprotected"] = write.StateAfter(LongEnoughToWake);
        watched.Uffd.Wake(watched.Range);
        seen["faults"] = write.Faults.ToString();
        seen.MustMatch();
    }

    [Scenario("R36", "Unregistering a protected hole",
        "After the monitor is gone writes must go through, whatever is left in the page table.")]
    public void Unregistering_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole();
        watched.Uffd.Unregister(watched.Range);
        var seen = Observation.Begin();
        seen["pagemap"] = watched.Pagemap();
        seen["event"] = watched.EventOf(watched.Write());
        seen.MustMatch();
    }

    [Scenario("R37", "Closing the descriptor while a writer is blocked",
        "A monitor that dies must release its writers. A blocked writer without a monitor is a process that hangs.")]
    public void Closing_while_a_writer_is_blocked()
    {
        var memory = MemoryRegion.Anonymous(2);
        MemoryRegion.Populate(memory.Range.Pages(0), 1);
        using var watched = Watched.Over(memory);
        watched.Protect();
        var write = watched.Write();
        var seen = Observation.Begin();
        seen["event"] = watched.EventOf(write);
        // The event comes before the writer sleeps; one that finds the descriptor closed then takes its fault again, and counts it.
        write.UntilAsleep();
        watched.Uffd.Dispose();
        seen["faults"] = write.Faults.ToString();
        seen["written"] = watched.Pagemap();
        seen["hole"] = watched.Pagemap(1);
        seen.MustMatch();
    }

    [Scenario("R38", "Unregistering while a writer is blocked",
        "Unregistering does not wake. A monitor has to do that itself, and on no kernel may the writer be lost.")]
    public void Unregistering_while_a_writer_is_blocked()
    {
        using var watched = Watched.ProtectedPages();
        var write = watched.Write();
        var seen = Observation.Begin();
        seen["event"] = watched.EventOf(write);
        watched.Uffd.Unregister(watched.Range);
        seen["unregistered"] = write.StateAfter(LongEnoughToWake);
        watched.Uffd.Wake(watched.Range);
        seen["faults"] = write.Faults.ToString();
        seen.MustMatch();
    }

    [Scenario("R39", "Registering a protected hole again, for missing faults only",
        "What was protected before is still marked when the new registration asks for missing faults. Which event comes decides " +
        "what the monitor does.")]
    public void Registering_a_protected_hole_again_for_missing_faults_only()
    {
        using var watched = Watched.ProtectedHole();
        var seen = Observation.Begin();
        watched.RegisterForMissingOnly(watched.Range, seen);
        seen["pagemap"] = watched.Pagemap();
        seen["events"] = watched.EventsUntilDone(watched.Write());
        seen["after"] = watched.Pagemap();
        seen.MustMatch();
    }
}
