using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;

namespace Faultline.AbiTests.Measurements;

/// <summary>Untouched private anonymous memory, watched for writes, and the way it gets protected.</summary>
internal sealed class Subject : IDisposable
{
    private const nuint TableReach = 2 << 20;
    private readonly MemoryRegion _memory;

    private Subject(Way way, MemoryRegion memory, MemoryRange range, UserfaultfdDescriptor uffd) =>
        (Way, _memory, Range, Uffd) = (way, memory, range, uffd);

    internal Way Way { get; }

    internal UserfaultfdDescriptor Uffd { get; }

    /// <summary>What is measured: it begins with what a page table reaches.</summary>
    internal MemoryRange Range { get; }

    /// <summary>Kibibytes of the mapping that are resident (Rss of smaps).</summary>
    internal long ResidentKibibytes => long.Parse(Procfs.Smaps(_memory.Range, "Rss:").Split(' ')[0]);

    /// <param name="way">How it gets protected.</param>
    /// <param name="bytes">Bytes, a power of two from 1 MiB.</param>
    /// <param name="huge">Whether transparent huge pages are wanted there, or forbidden.</param>
    /// <param name="extra">Features that are asked for with that of the way.</param>
    internal static Subject Create(Way way, nuint bytes, bool huge, UffdFeature extra = 0)
    {
        var memory = Map(bytes, huge);
        return Watch(way, memory, memory.Range, extra);
    }

    /// <summary>
    /// As <see cref="Create"/>, with one page behind the measured memory, in the same mapping, that was written: a fork looks only into
    /// mappings that ever had a page (vma_needs_copy).
    /// </summary>
    internal static Subject CreateWritten(Way way, nuint bytes, bool huge, UffdFeature extra = 0)
    {
        var memory = Map(bytes + TableReach, huge);
        NativeAccess.Write(memory.Range.Start + bytes, 1);
        return Watch(way, memory, new(memory.Range.Start, bytes), extra);
    }

    /// <summary>Memory of the caller's making, which the result owns from here on.</summary>
    internal static Subject Over(Way way, MemoryRegion memory) => Watch(way, memory, memory.Range, 0);

    internal void Prefault() => Way.Prefault(Range);

    internal void Protect() => Way.Protect(Uffd, Range);

    internal void MakeAndProtect()
    {
        Prefault();
        Protect();
    }

    internal void Unmap() => _memory.Unmap(Range);

    /// <summary>mremap(2) to <paramref name="target"/>, which must be as large as all of this memory.</summary>
    internal void MoveTo(MemoryRegion target)
    {
        if (_memory.MoveTo(target) is not "ok" and var errno)
            throw new InvalidOperationException($"mremap failed with {errno}.");
    }

    public void Dispose()
    {
        Uffd.Dispose();
        _memory.Dispose();
    }

    /// <summary>A mapping of the same kind that nobody watches.</summary>
    internal static MemoryRegion Map(nuint bytes, bool huge)
    {
        var memory = MemoryRegion.AnonymousWithDefaultHugePages(bytes / MemoryRange.PageSize);
        var advice = huge ? Advice.HugePage : Advice.NoHugePage;
        Native.Must(Native.madvise((nint)memory.Range.Start, memory.Range.Length, advice), "madvise(MADV_[NO]HUGEPAGE)");
        return memory;
    }

    private static Subject Watch(Way way, MemoryRegion memory, MemoryRange range, UffdFeature extra)
    {
        var uffd = UserfaultfdDescriptor.Open();
        uffd.Handshake(UffdFeature.PagefaultFlagWp | extra | (way.WithFeature ? (UffdFeature)FeatureBits.Current.UnderTest : 0));
        uffd.Register(memory.Range, UffdioRegisterMode.Wp);
        return new(way, memory, range, uffd);
    }
}
