using Faultline.AbiTests.Calls;
using static Faultline.AbiTests.Calls.Native;

namespace Faultline.AbiTests.Memory;

/// <summary>Reads /proc/PID/pagemap (Documentation/admin-guide/mm/pagemap.rst) in the notation of the expectations.</summary>
/// <remarks>
/// <c>-</c> nothing mapped; <c>M</c> a uffd-wp PTE marker; <c>Z</c> the zero page; <c>H</c> the huge zero page; <c>A</c> any other page; <c>S</c> swapped out;
/// a trailing <c>w</c>: write-protected through userfaultfd.
/// Page frame numbers, which tell Z from A, are shown to CAP_SYS_ADMIN only; without it a page mapped exactly once counts as A.
/// </remarks>
public static class Pagemap
{
    private const ulong Present = 1UL << 63, Swapped = 1UL << 62, WriteProtected = 1UL << 57, MappedOnce = 1UL << 56, SoftDirty = 1UL << 55;
    private const ulong FrameMask = (1UL << 55) - 1, SwapTypeMask = 0x1f;

    /// <summary>Swap types from here on are not devices; 6.1 to 6.18 keep at most 7 of the 32 for migration, poison and markers.</summary>
    private const ulong FirstSpecialSwapType = 24;

    private const int PagesPerHugePage = 512;

    private static readonly Lazy<ulong> ZeroFrame = new(FindZeroFrame);

    /// <summary>
    /// Whether a read of an untouched page maps the one page of zeros all such reads share. Kernels can be built to give each a page of its own.
    /// </summary>
    public static bool ReadsMapTheZeroPage { get; } = TwoReadsShareAPage();

    /// <summary>The state of the page at <paramref name="address"/> in this process, or in process <paramref name="pid"/>.</summary>
    public static string At(nuint address, int? pid = null) => Describe(Read(new(address, MemoryRange.PageSize), pid)[0]);

    /// <summary>Whether bit 57 (write-protected through userfaultfd) is set, for each page of <paramref name="range"/>.</summary>
    public static bool[] WriteProtectedPages(MemoryRange range) => Array.ConvertAll(Read(range, null), entry => (entry & WriteProtected) != 0);

    /// <summary>Whether bit 55 is set: the page was written to since a program last cleared these bits.</summary>
    /// <remarks>Only kernels with CONFIG_MEM_SOFT_DIRTY have it (Documentation/admin-guide/mm/soft-dirty.rst).</remarks>
    public static bool IsSoftDirty(MemoryRange page) => (Read(page, null)[0] & SoftDirty) != 0;

    /// <summary>
    /// The states of all pages of <paramref name="range"/>: one state when they agree, else the distinct ones joined by <c>,</c> in order
    /// of appearance.
    /// </summary>
    public static string Over(MemoryRange range) => string.Join(',', Read(range, null).Select(Describe).Distinct());

    /// <summary>The states of all pages of <paramref name="range"/> in order, with how many pages have each: <c>-*256 M*768</c>.</summary>
    /// <remarks>All of it comes from one read(2), so that an entry left out shifts those behind it.</remarks>
    public static string Runs(MemoryRange range, int? pid = null)
    {
        var runs = new List<(string State, int Pages)>();
        foreach (var state in Read(range, pid).Select(Describe))
        {
            if (runs.Count > 0 && runs[^1].State == state)
                runs[^1] = (state, runs[^1].Pages + 1);
            else
                runs.Add((state, 1));
        }
        return string.Join(' ', runs.Select(run => $"{run.State}*{run.Pages}"));
    }

    /// <summary>
    /// The entries of all pages of <paramref name="range"/>, by one read(2), into the beginning of <paramref name="entries"/>.
    /// </summary>
    internal static unsafe void Entries(MemoryRange range, ulong[] entries)
    {
        fixed (ulong* buffer = entries)
            Fill(range, null, buffer, range.PageCount);
    }

    /// <summary>Whether nothing is mapped: an empty entry, or a uffd-wp marker.</summary>
    internal static bool IsHole(ulong entry) => Describe(entry)[0] is '-' or 'M';

    private static string Describe(ulong entry)
    {
        var suffix = (entry & WriteProtected) != 0 ? "w" : "";
        if ((entry & Present) != 0)
            return Page(entry) + suffix;
        if ((entry & Swapped) == 0)
            return "-" + suffix;
        var type = entry & SwapTypeMask;
        return suffix.Length > 0 && ((entry & FrameMask) == 0 || type >= FirstSpecialSwapType) ? "M" : "S" + suffix;
    }

    private static string Page(ulong entry)
    {
        var frame = entry & FrameMask;
        if (frame == 0)
            return (entry & MappedOnce) != 0 ? "A" : "Z";
        if (frame == ZeroFrame.Value)
            return "Z";
        return (entry & MappedOnce) == 0 && frame / PagesPerHugePage == HugeZeroFrame() / PagesPerHugePage ? "H" : "A";
    }

    /// <summary>
    /// The first frame of the huge zero page. Known by its frame, because kernels flag it differently (bit 61 up to 6.18). It is looked
    /// for each time: the kernel frees it when nobody maps it, and takes another one later.
    /// </summary>
    private static unsafe ulong HugeZeroFrame()
    {
        using var region = MemoryRegion.AnonymousWithDefaultHugePages(2 * PagesPerHugePage);
        _ = MemoryRegion.Advise(region.Range, Advice.HugePage);
        var (first, second) = (region.Range.Pages(0), region.Range.Pages(PagesPerHugePage));
        NativeAccess.Read(first.Start);
        NativeAccess.Read(second.Start);
        var frame = Read(first, null)[0] & FrameMask;
        return frame != ZeroFrame.Value && frame == (Read(second, null)[0] & FrameMask) ? frame : FrameMask;
    }

    private static unsafe ulong[] Read(MemoryRange range, int? pid)
    {
        var entries = new ulong[range.PageCount];
        fixed (ulong* buffer = entries)
            Fill(range, pid, buffer, range.PageCount);
        return entries;
    }

    private static unsafe void Fill(MemoryRange range, int? pid, ulong* buffer, nuint pages)
    {
        var path = $"/proc/{pid?.ToString() ?? "self"}/pagemap";
        var fd = (int)Must(open(path, 0x80000), $"open of {path}");
        var wanted = pages * sizeof(ulong);
        var bytes = pread(fd, buffer, wanted, (nint)(range.Start / MemoryRange.PageSize * sizeof(ulong)));
        _ = close(fd);
        if (bytes != (nint)wanted)
            throw new InvalidOperationException($"{path} gave {bytes} bytes for {range}, expected {wanted}.");
    }

    /// <summary>A frame number no page has where there is no zero page, or where frame numbers are hidden.</summary>
    private static ulong FindZeroFrame() => ReadsMapTheZeroPage ? ReadTwo()[0] & FrameMask : FrameMask;

    private static bool TwoReadsShareAPage()
    {
        var entries = ReadTwo();
        return (entries[0] & FrameMask) == (entries[1] & FrameMask) && (entries[0] & MappedOnce) == 0;
    }

    private static ulong[] ReadTwo()
    {
        using var region = MemoryRegion.Anonymous(2);
        NativeAccess.Read(region.Range.Pages(0).Start);
        NativeAccess.Read(region.Range.Pages(1).Start);
        return Read(region.Range, null);
    }
}
