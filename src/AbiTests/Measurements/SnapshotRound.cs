using System.Diagnostics;
using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Measurements;

/// <summary>
/// One live snapshot, as a hypervisor takes it: make the pages that the way needs while the guest runs, stop it to protect its memory, let
/// it go on, and save each page before its first change. The guest is a thread that writes here and there, from the end to the beginning,
/// while the saver goes from the beginning to the end.
/// </summary>
/// <param name="way">How the memory gets protected.</param>
/// <param name="bytes">How much memory the guest has.</param>
/// <param name="share">Percent of it that hold data, in runs as long as a page table reaches; the rest was never touched.</param>
/// <param name="asksPagemap">Whether the saver leaves out holes that pagemap names, or reads every page to see that it is empty.</param>
internal sealed class SnapshotRound(Way way, nuint bytes, int share, bool asksPagemap)
{
    private const nuint Writes = 256;
    private const byte Written = 0xe0;

    internal Figures Measure()
    {
        var found = new Figures();
        var memory = Subject.Map(bytes, huge: false);
        Fill(memory.Range);
        var total = Stopwatch.StartNew();
        way.Prefault(memory.Range);
        found.Add("prepare", total.Elapsed.TotalSeconds);

        var pause = Stopwatch.StartNew();
        using var subject = Subject.Over(way, memory);
        subject.Protect();
        found.Add("pause", pause.Elapsed.TotalSeconds);

        using var saver = new PageSaver(subject);
        List<double> waits = [];
        var guest = new Thread(() => Write(subject.Range, waits)) { IsBackground = true, Name = "guest" };
        guest.Start();
        if (asksPagemap)
            saver.SaveWhatPagemapNames();
        else
            saver.SaveAll();
        found.Add("total", total.Elapsed.TotalSeconds);
        guest.Join();

        found.Add("write-median", Figures.Median(waits));
        found.Add("write-longest", waits.Max());
        found.Count("saved-pages", saver.Saved);
        found.Count("wrong-pages", Pages(subject.Range).Count(page => !saver.Holds(page, Holds(page) ? Pattern(page) : (byte)0)));
        found.Count("events", saver.Events);
        return found;
    }

    private static IEnumerable<nuint> Pages(MemoryRange range)
    {
        for (nuint page = 0; page < range.PageCount; page++)
            yield return page;
    }

    /// <summary>No page of data is empty, and none holds what the guest writes.</summary>
    private static byte Pattern(nuint page) => (byte)((page % 100) + 1);

    /// <summary>Runs of data as long as a page table reaches, spread evenly.</summary>
    private bool Holds(nuint page)
    {
        var run = page / PageTables.Pages;
        return (run + 1) * (nuint)share / 100 > run * (nuint)share / 100;
    }

    private void Fill(MemoryRange range)
    {
        foreach (var page in Pages(range).Where(Holds))
            MemoryRegion.Populate(range.Pages(page), Pattern(page));
    }

    private static void Write(MemoryRange range, List<double> waits)
    {
        var step = range.PageCount / Writes;
        for (var i = Writes; i > 0; i--)
            waits.Add(Figures.SecondsOf(() => NativeAccess.Write(range.Pages((i * step) - 1).Start, Written)));
    }
}
