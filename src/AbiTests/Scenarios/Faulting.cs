using Faultline.AbiTests.Support;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Reads and writes of memory that was protected before anybody touched it (do_anonymous_page, do_wp_page).</summary>
public sealed class Faulting
{
    [Scenario("R12")]
    public void A_write_to_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole();
        var seen = Observe(watched, watched.Write());
        seen["content"] = watched.Content();
        seen.MustMatch();
    }

    [Scenario("R13")]
    public void A_read_of_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole();
        var read = watched.Read();
        var seen = Observe(watched, read);
        seen["value"] = read.Value.ToString();
        seen.MustMatch();
    }

    [Scenario("R14")]
    public void A_write_after_a_read_of_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole();
        watched.EventsUntilDone(watched.Read());
        Observe(watched, watched.Write()).MustMatch();
    }

    [Scenario("R15")]
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
