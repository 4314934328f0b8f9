using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Generated;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Memory that the shared page of zeros must not be mapped into (mm_forbids_zeropage).</summary>
public sealed class ForbiddenZeropage
{
    [Scenario("R48", "A protected hole where the zeropage is forbidden",
        "On s390 a virtual machine that uses storage keys may not have the zeropage in its memory. Its holes have to be protected " +
        "without it, and a read has to leave them protected.", NeedsKnob = true)]
    public void A_protected_hole()
    {
        GeneratedChecks.RefusedAsControl = !ZeropageKnob.IsThere;
        Assert.True(ZeropageKnob.IsThere, "This kernel is built without the series of linux-patch/knobs.");
        // Which page the zeropage is, is learned by a read that maps it: too late once it is forbidden.
        using var allowed = MemoryRegion.Anonymous(1);
        NativeAccess.Read(allowed.Range.Start);
        Assert.Equal("Z", Pagemap.At(allowed.Range.Start));
        using var knob = new ZeropageKnob();
        using var watched = Watched.ProtectedHole();
        var seen = Observation.Begin();
        seen["protected"] = watched.Pagemap();
        watched.EventsUntilDone(watched.Read());
        seen["read"] = watched.Pagemap();
        var write = watched.Write();
        seen["event"] = watched.EventOf(write);
        watched.Unprotect();
        watched.EventsUntilDone(write);
        seen.MustMatch();
    }
}
