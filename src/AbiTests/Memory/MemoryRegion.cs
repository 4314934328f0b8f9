using Faultline.AbiTests.Calls;
using static Faultline.AbiTests.Calls.Native;

namespace Faultline.AbiTests.Memory;

/// <summary>
/// Memory of a scenario: a mapping of its own between two inaccessible guard pages, so that it never merges with a neighbour.
/// </summary>
public sealed class MemoryRegion : IDisposable
{
    private const nuint TwoMebibytes = 2 << 20;
    private readonly nint _reservation;
    private readonly nuint _reserved;
    private readonly List<MemoryRange> _holes = [];

    private MemoryRegion(nint reservation, nuint reserved, nint start, nuint length)
    {
        _reservation = reservation;
        _reserved = reserved;
        Range = new((nuint)start, length);
    }

    /// <summary>The accessible part.</summary>
    public MemoryRange Range { get; }

    /// <summary>Private anonymous memory, no transparent huge pages.</summary>
    /// <param name="pages">Number of base pages.</param>
    /// <param name="alignment">Alignment of the start in bytes.</param>
    public static MemoryRegion Anonymous(nuint pages, nuint alignment = 0)
    {
        var region = AnonymousWithDefaultHugePages(pages, alignment);
        Must(madvise((nint)region.Range.Start, region.Range.Length, Advice.NoHugePage), "madvise(MADV_NOHUGEPAGE)");
        return region;
    }

    /// <summary>
    /// Private anonymous memory that begins some pages behind a multiple of <paramref name="alignment"/>; none of it was ever touched.
    /// </summary>
    /// <param name="pages">Number of base pages.</param>
    /// <param name="alignment">Bytes that one page table (2 MiB) or one table of tables (1 GiB) reaches.</param>
    /// <param name="offset">Pages between the multiple and the first page.</param>
    public static MemoryRegion AnonymousBehind(nuint pages, nuint alignment, nuint offset)
    {
        var region = Map(pages * MemoryRange.PageSize, alignment, MapPrivate | MapAnonymous | MapNoReserve, fd: -1, offset * MemoryRange.PageSize);
        Must(madvise((nint)region.Range.Start, region.Range.Length, Advice.NoHugePage), "madvise(MADV_NOHUGEPAGE)");
        return region;
    }

    /// <summary>Private anonymous memory, aligned to 2 MiB, huge pages as the machine is set.</summary>
    public static MemoryRegion AnonymousWithDefaultHugePages(nuint pages, nuint alignment = TwoMebibytes) =>
        Map(pages * MemoryRange.PageSize, alignment, MapPrivate | MapAnonymous | MapNoReserve, fd: -1);

    /// <summary>A mapping of a file descriptor from offset 0.</summary>
    public static MemoryRegion File(int fd, nuint pages, bool shared) =>
        Map(pages * MemoryRange.PageSize, 0, shared ? MapShared : MapPrivate, fd);

    /// <summary>Private anonymous memory of 2 MiB hugetlb pages.</summary>
    public static MemoryRegion Hugetlb(nuint hugePages) =>
        Map(hugePages * TwoMebibytes, TwoMebibytes, MapPrivate | MapAnonymous | MapHugetlb, fd: -1);

    private static MemoryRegion Map(nuint length, nuint alignment, int flags, int fd, nuint offset = 0)
    {
        var page = MemoryRange.PageSize;
        var guard = alignment == 0 ? page : alignment;
        var reserved = length + offset + 2 * guard;
        var reservation = Must(mmap(0, reserved, ProtNone, MapPrivate | MapAnonymous | MapNoReserve, -1, 0), "mmap of the reservation");
        var start = (nint)((((nuint)reservation + guard) & ~(guard - 1)) + offset);
        Must(mmap(start, length, ProtRead | ProtWrite, flags | MapFixed, fd, 0), "mmap of the region");
        return new(reservation, reserved, start, length);
    }

    /// <summary>Writes <paramref name="value"/> into the first byte of each page, so that each becomes a page of its own.</summary>
    public void Populate(byte value = 0x5a) => Populate(Range, value);

    /// <summary>Fills the pages of <paramref name="range"/> with <paramref name="value"/>.</summary>
    public static unsafe void Populate(MemoryRange range, byte value) => memset((void*)range.Start, value, range.Length);

    /// <summary>madvise(2) on <paramref name="range"/>: "ok" or the errno.</summary>
    public static string Advise(MemoryRange range, int advice) => Outcome(madvise((nint)range.Start, range.Length, advice));

    /// <summary>Unmaps a part, leaving a hole in the address space that is no longer this region's.</summary>
    public void Unmap(MemoryRange range)
    {
        Must(munmap((nint)range.Start, range.Length), "munmap");
        Forget(range);
    }

    /// <summary>mremap(2) of the whole region to where another one is: "ok" or the errno.</summary>
    public string MoveTo(MemoryRegion destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        const int mayMove = 1, fixedAddress = 2;
        var length = Range.Length;
        var outcome = Outcome(mremap((nint)Range.Start, length, length, mayMove | fixedAddress, (nint)destination.Range.Start));
        Forget(Range);
        return outcome;
    }

    /// <summary>Unmaps everything but the holes: somebody else may have mapped something there since.</summary>
    public void Dispose()
    {
        var from = _reservation;
        foreach (var hole in _holes.OrderBy(hole => hole.Start))
        {
            _ = munmap(from, (nuint)((nint)hole.Start - from));
            from = (nint)hole.End;
        }
        _ = munmap(from, _reserved - (nuint)(from - _reservation));
    }

    private void Forget(MemoryRange range) => _holes.Add(range);
}
