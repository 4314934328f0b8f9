using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Dirty tracking, as live migration does it: protect everything, let writers run, then ask pagemap which pages lost bit 57.</summary>
public sealed class DirtyTracking
{
    private const nuint PageCount = 96;

    [Scenario("R63", "Dirty tracking by pagemap",
        "End to end, as live migration finds what to send again: pages that changed look dirty, and pages that did not must " +
        "not, or they are sent for nothing.")]
    public void Only_what_changed_looks_dirty()
    {
        using var image = ProtectedImage.Create(PageCount);
        var watched = image.Watched;
        using var pump = watched.Uffd.StartPump(watched.Resolve);
        var seen = Observation.Begin();

        // Each kind of change hits patterns and holes alike; the second interval changes other pages than the first.
        Interval("first", written: page => page % 8 is 0 or 1, dropped: page => page % 8 is 2 or 3);
        watched.Protect();
        Interval("second", written: page => page % 8 is 3 or 4, dropped: page => page % 8 is 0 or 5);
        seen["monitor"] = pump.Error?.Message ?? "ok";
        seen.MustMatch();

        void Interval(string name, Func<nuint, bool> written, Func<nuint, bool> dropped)
        {
            var pages = Enumerable.Range(0, (int)PageCount).Select(page => (nuint)page).ToArray();
            var toWrite = pages.Where(written).ToArray();
            using (var writers = Writers.Start(watched.Range, toWrite, [.. toWrite.Reverse()]))
                writers.Join();
            foreach (var page in pages.Where(dropped))
                MemoryRegion.Advise(watched.Page(page), Advice.DontNeed);

            var isProtected = Pagemap.WriteProtectedPages(watched.Range);
            seen[$"{name}-missed"] = Some(pages.Where(page => (written(page) || dropped(page)) && isProtected[page]));
            seen[$"{name}-false-patterns"] = Some(Untouched().Where(page => !ProtectedImage.IsHole(page)));
            seen[$"{name}-false-holes"] = Some(Untouched().Where(ProtectedImage.IsHole));

            IEnumerable<nuint> Untouched() => pages.Where(page => !written(page) && !dropped(page) && !isProtected[page]);
        }
    }

    private static string Some(IEnumerable<nuint> pages) => pages.Any() ? "some" : "none";
}
