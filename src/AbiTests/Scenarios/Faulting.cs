using Faultline.AbiTests.Support;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Reads and writes of memory that was protected before anybody touched it (do_anonymous_page, do_wp_page).</summary>
public sealed class Faulting
{
    [Scenario("R12")]
    public void A_write_to_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole();
        var write = watched.Write();
        var seen = Observation.Begin();
        seen["event"] = watched.EventOf(write);
        seen["pagemap"] = watched.Pagemap();
        watched.Unprotect();
        seen["faults"] = write.Faults.ToString();
        seen["content"] = watched.Content();
        seen.MustMatch();
    }

    [Scenario("R13")]
    public void A_read_of_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole();
        var read = watched.Read();
        var seen = Observation.Begin();
        seen["event"] = watched.EventOf(read);
        seen["faults"] = read.Faults.ToString();
        seen["pagemap"] = watched.Pagemap();
        seen["value"] = read.Value.ToString();
        seen.MustMatch();
    }

    [Scenario("R14")]
    public void A_write_after_a_read_of_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole();
        watched.EventsUntilDone(watched.Read());
        var write = watched.Write();
        var seen = Observation.Begin();
        seen["event"] = watched.EventOf(write);
        seen["pagemap"] = watched.Pagemap();
        watched.Unprotect();
        seen["faults"] = write.Faults.ToString();
        seen.MustMatch();
    }

    [Scenario("R15")]
    public void A_second_write_after_the_first_was_resolved()
    {
        using var watched = Watched.ProtectedHole();
        watched.EventsUntilDone(watched.Write());
        var again = watched.Write();
        var seen = Observation.Begin();
        seen["event"] = watched.EventOf(again);
        seen["faults"] = again.Faults.ToString();
        seen["pagemap"] = watched.Pagemap();
        seen.MustMatch();
    }
}
