using Faultline.AbiTests.Support;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Filling a protected hole (mfill_atomic_install_pte, mfill_zeropage_pte).</summary>
public sealed class Filling
{
    [Scenario("R20")]
    public void Copying_into_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole();
        var seen = Observation.Begin();
        seen["errno"] = watched.CopyInto(0);
        seen["pagemap"] = watched.Pagemap();
        seen["content"] = watched.Content();
        seen["events"] = watched.EventsUntilDone(watched.Write());
        seen.MustMatch();
    }

    [Scenario("R21")]
    public void Copying_with_protection_into_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole();
        var seen = Observation.Begin();
        seen["errno"] = watched.CopyInto(0, UffdioCopyMode.Wp);
        seen["pagemap"] = watched.Pagemap();
        seen["events"] = watched.EventsUntilDone(watched.Write());
        seen.MustMatch();
    }

    [Scenario("R22")]
    public void Mapping_the_zero_page_into_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole();
        var seen = Observation.Begin();
        seen["errno"] = Watched.Name(watched.Uffd.TryZeroPage(watched.Range, 0, out _));
        seen["pagemap"] = watched.Pagemap();
        seen.MustMatch();
    }
}
