using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>A live snapshot, as a hypervisor takes it: protect everything, let the guest run, save each page before its first change.</summary>
/// <remarks>
/// Two writers race over all pages while a monitor answers their faults; when they are half done, a saver walks the rest. On a kernel that
/// leaves holes unprotected, the holes written in the first half raise no event and are saved with data younger than T0.
/// </remarks>
public sealed class Snapshot
{
    private const nuint PageCount = 96;

    [Scenario("R62", "A snapshot of running memory",
        "End to end, as a hypervisor saves a running guest: every page has to be saved as it was at the start. A hole that " +
        "changes unseen makes the snapshot wrong.")]
    public void A_snapshot_of_running_memory_is_exact()
    {
        using var image = ProtectedImage.Create(PageCount);
        using var saver = new Saver(image);
        var memory = image.Watched.Range;
        using var writers = Writers.Start(memory, Order(stride: 7), Order(stride: 11));
        writers.WaitUntilHalfway();
        for (nuint page = 0; page < PageCount; page++)
            saver.SaveAndRelease(page);
        writers.Join();

        var mismatched = Pages().Where(page => !image.IsOriginal(page, saver.Copy(page))).ToList();
        var seen = Observation.Begin();
        seen["mismatched-patterns"] = Some(mismatched.Where(page => !ProtectedImage.IsHole(page)));
        seen["mismatched-holes"] = Some(mismatched.Where(ProtectedImage.IsHole));
        seen["lost-writes"] = Some(Pages().Where(page => NativeAccess.Read(memory.Pages(page).Start) is var value
            && value != Writers.Value(0) && value != Writers.Value(1)));
        seen["monitor"] = saver.Error ?? "ok";
        seen.MustMatch();
    }

    private static IEnumerable<nuint> Pages() => Enumerable.Range(0, (int)PageCount).Select(page => (nuint)page);

    /// <summary>All pages, in an order that mixes patterns and holes: strides prime to the page count, odd so that both kinds alternate.</summary>
    private static nuint[] Order(nuint stride) => [.. Pages().Select(i => i * stride % PageCount)];

    private static string Some(IEnumerable<nuint> pages) => pages.Any() ? "some" : "none";

    /// <summary>Saves each page once, before it is unprotected, whether a fault or the walk asks first.</summary>
    private sealed unsafe class Saver : IDisposable
    {
        private readonly Watched _watched;
        private readonly MemoryRegion _copies;
        private readonly bool[] _saved;
        private readonly EventPump _pump;
        private readonly Lock _gate = new();

        internal Saver(ProtectedImage image)
        {
            _watched = image.Watched;
            _copies = MemoryRegion.Anonymous(image.PageCount);
            _saved = new bool[image.PageCount];
            _pump = _watched.Uffd.StartPump(e =>
            {
                if (e is PageFaultEvent { IsWriteProtect: true } fault)
                    SaveAndRelease((fault.Page.Start - _watched.Range.Start) / MemoryRange.PageSize);
            });
        }

        internal string? Error => _pump.Error?.Message;

        internal MemoryRange Copy(nuint page) => _copies.Range.Pages(page);

        internal void SaveAndRelease(nuint page)
        {
            lock (_gate)
            {
                if (!_saved[page])
                    Native.memcpy((void*)Copy(page).Start, (void*)_watched.Page(page).Start, MemoryRange.PageSize);
                _saved[page] = true;
            }
            // Always, also when saved before: an event read late still has a blocked thread behind it.
            _watched.Uffd.RemoveWriteProtection(_watched.Page(page));
        }

        public void Dispose()
        {
            _pump.Dispose();
            _copies.Dispose();
        }
    }
}
