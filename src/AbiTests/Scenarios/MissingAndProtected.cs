using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Memory registered for missing and write-protect faults together, as live migration and uffd-stress use it.</summary>
public sealed class MissingAndProtected
{
    private const UffdioRegisterMode Both = UffdioRegisterMode.Missing | UffdioRegisterMode.Wp;

    [Scenario("R23", "A read of a page that is missing and protected",
        "With both kinds of registration the monitor must be asked for the data before anybody reads it.")]
    public void A_read_of_a_missing_protected_page()
    {
        using var watched = Watched.ProtectedHole(mode: Both);
        var read = watched.Read();
        var e = watched.NextEvent(read);
        var seen = Observation.Begin();
        seen["event"] = EventName.Of(e);
        seen["waiting"] = watched.Pagemap();
        watched.Resolve(e);
        watched.EventsUntilDone(read);
        seen["content"] = watched.Content();
        seen.MustMatch();
    }

    [Scenario("R24", "A write to a page that is missing and protected",
        "Whether the monitor is asked for the page, for the write, or for both decides what it has to handle.")]
    public void A_write_to_a_missing_protected_page()
    {
        using var watched = Watched.ProtectedHole(mode: Both);
        var seen = Observation.Begin();
        seen["events"] = watched.EventsUntilDone(watched.Write());
        seen["pagemap"] = watched.Pagemap();
        seen.MustMatch();
    }

    [Scenario("R25", "Protecting pages before they are copied in",
        "Whoever is told of missing pages may protect first and copy later. A kernel that takes the protected hole for a page " +
        "refuses the data, and the reader sees zeros.")]
    public void Protecting_pages_before_they_are_copied_in()
    {
        using var watched = Watched.ProtectedHole(pages: 4, Both);
        var seen = Observation.Begin();
        seen["errno"] = string.Join(',', Enumerable.Range(0, 4).Select(page => watched.CopyInto((nuint)page)).Distinct());
        var read = watched.Read(3);
        seen["events"] = watched.EventsUntilDone(read);
        seen["content"] = watched.Content(3);
        seen.MustMatch();
    }
}
