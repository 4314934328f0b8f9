using System.Diagnostics;
using System.Runtime.CompilerServices;
using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Processes;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Measurements;

/// <summary>
/// Everything that is done to protected memory, once each. What destroys the state comes last, or gets its own memory.
/// </summary>
/// <param name="way">How the memory gets protected.</param>
/// <param name="bytes">How much of it.</param>
/// <param name="huge">Transparent huge pages.</param>
internal sealed class FeatureRound(Way way, nuint bytes, bool huge)
{
    /// <summary>At most so many page tables' reaches are touched for the reads, and as many for the writes.</summary>
    private const nuint Touches = 32;

    private readonly Figures _found = new();

    /// <param name="entries">Room for the pagemap of all pages, resident.</param>
    internal Figures Measure(ulong[] entries)
    {
        ProtectAndTouch(entries);
        ForkWithEventAndClose();
        LiftAndUnmap();
        Move();
        return _found;
    }

    private void ProtectAndTouch(ulong[] entries)
    {
        using var subject = Subject.CreateWritten(way, bytes, huge);
        var (tables, resident) = (Procfs.PageTableKibibytes, subject.ResidentKibibytes);
        _found.Time("prefault", subject.Prefault);
        _found.Time("protect", subject.Protect);
        _found.Count("tables-kib", Procfs.PageTableKibibytes - tables);
        _found.Count("resident-kib", subject.ResidentKibibytes - resident);
        _found.State = Pagemap.At(subject.Range.Start);
        _found.Time("protect-again", () => subject.Uffd.WriteProtect(subject.Range));
        _found.Time("pagemap", () => Pagemap.Entries(subject.Range, entries));
        using (var child = ForkedChild.Sleeping())
        {
            _found.Add("fork", child.CloneSeconds);
            _found.Count("child-tables-kib", Procfs.PageTableKibibytesOf(child.Pid));
        }

        Touch(subject);
    }

    private void ForkWithEventAndClose()
    {
        using var subject = Subject.CreateWritten(way, bytes, huge, UffdFeature.EventFork);
        subject.MakeAndProtect();
        using (var watch = new ForkWatch(subject.Uffd))
        {
            using var child = ForkedChild.Sleeping();
            _found.Add("fork-event", child.CloneSeconds);
            _found.Count("child-tables-event-kib", Procfs.PageTableKibibytesOf(child.Pid));
        }

        _found.Time("close", subject.Uffd.Dispose);
    }

    private void LiftAndUnmap()
    {
        using var subject = Subject.Create(way, bytes, huge);
        subject.MakeAndProtect();
        _found.Time("unprotect", () => subject.Uffd.RemoveWriteProtection(subject.Range));
        subject.Protect();
        _found.Time("munmap", subject.Unmap);
    }

    private void Move()
    {
        using var target = Subject.Map(bytes, huge);
        using var subject = Subject.Create(way, bytes, huge);
        subject.MakeAndProtect();
        _found.Time("mremap", () => subject.MoveTo(target));
    }

    /// <summary>Two reads and two writes in each of some tables' reaches: the first may have to make what the second finds.</summary>
    private void Touch(Subject subject)
    {
        var reach = PageTables.Pages;
        var tables = subject.Range.PageCount / reach;
        if (tables < 2)
            return;
        var each = Math.Min(Touches, tables / 2);
        var step = tables / (2 * each) * reach;
        List<double> firstWrite = [], secondWrite = [];
        // A clock may take longer to read than a page, so that all reads are timed at once.
        _found.Add("read-first", Figures.SecondsOf(() => ReadEach(subject.Range, 2 * step, 7)) / each);
        _found.Add("read-second", Figures.SecondsOf(() => ReadEach(subject.Range, 2 * step, 8)) / each);

        using (subject.Uffd.StartPump(e => Resolve(subject.Uffd, e)))
        {
            for (nuint i = 0; i < each; i++)
            {
                var page = subject.Range.Pages((((2 * i) + 1) * step) + 7);
                firstWrite.Add(Write(page.Start));
                secondWrite.Add(Write(page.End));
            }
        }

        _found.Add("write-first", Figures.Median(firstWrite));
        _found.Add("write-second", Figures.Median(secondWrite));
    }

    private static void Resolve(UserfaultfdDescriptor uffd, UserfaultfdEvent e)
    {
        if (e is PageFaultEvent { IsWriteProtect: true } fault)
            uffd.RemoveWriteProtection(fault.Page);
    }

    /// <summary>A load from one page in each <paramref name="step"/>, beginning at <paramref name="first"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void ReadEach(MemoryRange range, nuint step, nuint first)
    {
        for (var page = first; page < range.PageCount; page += step)
            _ = Volatile.Read(ref *(byte*)range.Pages(page).Start);
    }

    /// <summary>
    /// Until the write is through: where it raises an event, that is the fault, the wake-up of the monitor, its answer and the wake-up
    /// after.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Write(nuint address)
    {
        var start = Stopwatch.GetTimestamp();
        NativeAccess.Write(address, 1);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
