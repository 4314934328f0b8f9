using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Filling a protected hole (mfill_atomic_install_pte, mfill_zeropage_pte).</summary>
public sealed class Filling
{
    [Scenario("R20", "UFFDIO_COPY into a protected hole",
        "Restoring memory copies pages into holes that are protected already. A hole that counts as present refuses the copy.")]
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

    [Scenario("R21", "UFFDIO_COPY with protection into a protected hole",
        "A page that is filled and protected in one call leaves no moment in which a write goes unseen.")]
    public void Copying_with_protection_into_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole();
        var seen = Observation.Begin();
        seen["errno"] = watched.CopyInto(0, UffdioCopyMode.Wp);
        seen["pagemap"] = watched.Pagemap();
        seen["events"] = watched.EventsUntilDone(watched.Write());
        seen.MustMatch();
    }

    [Scenario("R22", "UFFDIO_ZEROPAGE into a protected hole",
        "Filling a hole with zeros. Where a mark stands already, the variants refuse the call, and a monitor must expect that.")]
    public void Mapping_the_zero_page_into_a_protected_hole()
    {
        using var watched = Watched.ProtectedHole();
        var seen = Observation.Begin();
        seen["errno"] = Watched.Name(watched.Uffd.TryZeroPage(watched.Range, 0, out _));
        seen["pagemap"] = watched.Pagemap();
        seen.MustMatch();
    }
}
