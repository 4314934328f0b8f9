using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Making a huge page of memory that is half pages, half protected holes (hpage_collapse_scan_pmd).</summary>
public sealed class Collapsing
{
    [Scenario("R47-mixed", "Collapsing pages and protected holes",
        "Half of a huge page's range is pages, half protected holes. A huge page in their place would lose the protection " +
        "of the holes.")]
    public void Collapsing_pages_and_protected_holes()
    {
        const nuint pages = 512;
        using var watched = Watched.Over(MemoryRegion.Anonymous(pages, 2 << 20));
        MemoryRegion.Populate(watched.Range.Pages(0, pages / 2), 0x5a);
        watched.Uffd.WriteProtect(watched.Range.Pages(pages / 2, pages / 2));
        MemoryRegion.Advise(watched.Range, Advice.HugePage);
        var seen = Observation.Begin();
        seen["outcome"] = MemoryRegion.Advise(watched.Range, Advice.Collapse);
        seen["pages"] = Pagemap.Over(watched.Range.Pages(0, pages / 2));
        seen["holes"] = Pagemap.Over(watched.Range.Pages(pages / 2, pages / 2));
        seen["events"] = watched.EventsUntilDone(watched.Write(pages - 1));
        seen.MustMatch();
    }
}
