using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>userfaultfd's protection next to mprotect(2), and registrations that change while memory is protected.</summary>
public sealed class ChangingProtection
{
    [Scenario("R31-readonly", "Protecting a hole that is read-only",
        "mprotect(2) forbids writing while the hole is protected, and allows it again. The protection of userfaultfd must " +
        "still be there.")]
    public void Protecting_a_hole_that_is_read_only()
    {
        using var watched = Watched.Hole();
        Reprotect(watched, Native.ProtRead);
        watched.Protect();
        Reprotect(watched, Native.ProtRead | Native.ProtWrite);
        var seen = Observation.Begin();
        seen["pagemap"] = watched.Pagemap();
        seen["events"] = watched.EventsUntilDone(watched.Write());
        seen.MustMatch();
    }

    [Scenario("R39-stale", "A protected hole after its watch is gone",
        "Registered without write-protection, then not at all. Nothing of the protection may be left in pages that are used " +
        "afterwards.")]
    public void A_hole_unregistered_after_a_registration_without_write_protection()
    {
        using var watched = Watched.ProtectedHole(pages: 2);
        var seen = Observation.Begin();
        watched.RegisterForMissingOnly(watched.Range, seen);
        watched.Uffd.Unregister(watched.Range);
        watched.EventsUntilDone(watched.Write());
        watched.EventsUntilDone(watched.Read(1));
        seen["written"] = watched.Pagemap();
        seen["read"] = watched.Pagemap(1);
        seen.MustMatch();
    }

    /// <summary>Protection of an earlier registration must not come back with a later one, which protected nothing.</summary>
    [Scenario("R39-again", "Protected pages in a later registration",
        "Registered without write-protection, then with it again, and nothing protected since. Left-over protection loses " +
        "writes of dirty trackers or blocks writers.")]
    public void A_page_registered_again_for_write_protection()
    {
        using var watched = Watched.ProtectedPages(pages: 2);
        var seen = Observation.Begin();
        watched.RegisterForMissingOnly(watched.Range, seen);
        watched.EventsUntilDone(watched.Write());
        watched.Uffd.Register(watched.Range, UffdioRegisterMode.Wp);
        seen["written"] = watched.Pagemap();
        seen["written-events"] = watched.EventsUntilDone(watched.Write());
        seen["unwritten"] = watched.Pagemap(1);
        seen["unwritten-events"] = watched.EventsUntilDone(watched.Write(1));
        seen.MustMatch();
    }

    private static void Reprotect(Watched watched, int protection) =>
        Native.Must(Native.mprotect((nint)watched.Range.Start, watched.Range.Length, protection), "mprotect");
}
