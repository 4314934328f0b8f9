using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Memory;

namespace Faultline.AbiTests.Measurements;

/// <summary>
/// Saves each page of protected memory once, before it is lifted, whether a fault or the walk comes first. Empty pages are noted, not
/// copied.
/// </summary>
internal sealed unsafe class PageSaver : IDisposable
{
    private readonly Subject _subject;
    private readonly MemoryRegion _copies;
    private readonly MemoryRegion _zeros;
    private readonly bool[] _done;
    private readonly bool[] _copied;
    private readonly EventPump _pump;
    private readonly Lock _gate = new();

    internal PageSaver(Subject subject)
    {
        _subject = subject;
        _copies = MemoryRegion.Anonymous(subject.Range.PageCount);
        _zeros = MemoryRegion.Anonymous(1);
        _done = new bool[subject.Range.PageCount];
        _copied = new bool[subject.Range.PageCount];
        _pump = subject.Uffd.StartPump(e =>
        {
            if (e is not PageFaultEvent { IsWriteProtect: true } fault)
                return;
            Events++;
            SaveAndLift((fault.Page.Start - subject.Range.Start) / MemoryRange.PageSize);
        });
    }

    /// <summary>Writes that were held up until their page was saved.</summary>
    internal int Events { get; private set; }

    /// <summary>Pages that were not empty.</summary>
    internal int Saved => _copied.Count(copied => copied);

    /// <summary>Reads every page to see what it holds, as QEMU does.</summary>
    internal void SaveAll()
    {
        for (nuint page = 0; page < _subject.Range.PageCount; page++)
            SaveAndLift(page);
    }

    /// <summary>
    /// Lifts runs of holes without reading them. A page that is a hole now, and was protected, was one when the snapshot began: a write
    /// would have raised an event first.
    /// </summary>
    internal void SaveWhatPagemapNames()
    {
        var entries = new ulong[_subject.Range.PageCount];
        Pagemap.Entries(_subject.Range, entries);
        for (nuint page = 0, end; page < _subject.Range.PageCount; page = end)
        {
            end = page + 1;
            if (!Pagemap.IsHole(entries[page]))
            {
                SaveAndLift(page);
                continue;
            }

            while (end < _subject.Range.PageCount && Pagemap.IsHole(entries[end]))
                end++;
            lock (_gate)
                Array.Fill(_done, true, (int)page, (int)(end - page));
            _subject.Uffd.RemoveWriteProtection(_subject.Range.Pages(page, end - page));
        }
    }

    /// <summary>Whether the snapshot has <paramref name="value"/> in every byte of the page.</summary>
    internal bool Holds(nuint page, byte value)
    {
        if (!_copied[page])
            return value == 0;
        return new ReadOnlySpan<byte>((void*)_copies.Range.Pages(page).Start, (int)MemoryRange.PageSize).IndexOfAnyExcept(value) < 0;
    }

    public void Dispose()
    {
        _pump.Dispose();
        _copies.Dispose();
        _zeros.Dispose();
    }

    private void SaveAndLift(nuint page)
    {
        var range = _subject.Range.Pages(page);
        lock (_gate)
        {
            if (!_done[page] && Native.memcmp((void*)range.Start, (void*)_zeros.Range.Start, range.Length) != 0)
            {
                Native.memcpy((void*)_copies.Range.Pages(page).Start, (void*)range.Start, range.Length);
                _copied[page] = true;
            }

            _done[page] = true;
        }

        // Always, also when saved before: an event read late still has a blocked thread behind it.
        _subject.Uffd.RemoveWriteProtection(range);
    }
}
