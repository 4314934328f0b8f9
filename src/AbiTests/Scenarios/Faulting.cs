using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Reads and writes of memory that was protected before anybody touched it (do_anonymous_page, do_wp_page).</summary>
public sealed class Faulting
{
    [Scenario("R12", "A write to a protected hole",
        "The first write to untouched memory is what a snapshot must not miss. Without the feature no event comes, and the page " +
        "changes unseen.")]
    public void A_write_to_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole();
        var seen = Observe(watched, watched.Write());
        seen["content"] = watched.Content();
        seen.MustMatch();
    }

    [Scenario("R13", "A read of a protected hole",
        "A read must not disturb the monitor, must give zeros, and should leave the hole protected. Its faults are what " +
        "scanning protected memory costs.")]
    public void A_read_of_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole();
        var read = watched.Read();
        var seen = Observe(watched, read);
        seen["value"] = read.Value.ToString();
        seen.MustMatch();
    }

    [Scenario("R14", "A write after a read of a protected hole",
        "A read may put a page in the hole's place. The protection has to survive it, or reading first would defeat the monitor.")]
    public void A_write_after_a_read_of_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole();
        watched.EventsUntilDone(watched.Read());
        Observe(watched, watched.Write()).MustMatch();
    }

    [Scenario("R15", "A second write after the first was resolved",
        "Once the monitor lifted the protection, writing is free: no event, no fault.")]
    public void A_second_write_after_the_first_was_resolved()
    {
        using var watched = Watched.ProtectedHole();
        watched.EventsUntilDone(watched.Write());
        Observe(watched, watched.Write()).MustMatch();
    }

    /// <summary>The access's event, what is mapped while it waits (or after it completed without one), and what it cost once nothing held it back.</summary>
    private static Observation Observe(Watched watched, Access access)
    {
        var seen = Observation.Begin();
        seen["event"] = watched.EventOf(access);
        seen["pagemap"] = watched.Pagemap();
        watched.Unprotect();
        seen["faults"] = access.Faults.ToString();
        return seen;
    }
}
