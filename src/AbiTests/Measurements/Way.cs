using System.Runtime.CompilerServices;
using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Measurements;

/// <summary>
/// A way to protect memory of which much was never touched; the names are those of upstream's table (commit 2bad466cc9d9).
/// </summary>
/// <param name="Name">In every result.</param>
/// <param name="WithFeature">Whether it asks for the feature under test.</param>
/// <param name="Piece">Bytes protected by one call; null: all of it.</param>
internal sealed record Way(string Name, bool WithFeature, nuint? Piece = null)
{
    /// <summary>Protects what is there: holes stay as they are.</summary>
    internal static Way Default { get; } = new("default", WithFeature: false);

    /// <summary>Reads a byte of each page first, as QEMU does.</summary>
    internal static Way PreRead { get; } = new("pre-read", WithFeature: false);

    /// <summary>Has the kernel do the reading: MADV_POPULATE_READ.</summary>
    internal static Way Advised { get; } = new("madvise", WithFeature: false);

    /// <summary>Protects, with the feature.</summary>
    internal static Way Feature { get; } = new("feature", WithFeature: true);

    /// <summary>
    /// With the feature, by calls that each cover half of what a page table reaches: no kernel can keep one mark for all of the table then,
    /// so that one with PMD markers falls back to pte markers. What the calls themselves cost shows on a kernel that has pte markers only.
    /// </summary>
    internal static Way Halves { get; } = new("halves", WithFeature: true, Piece: 1 << 20);

    /// <summary>All that this kernel can go.</summary>
    internal static IReadOnlyList<Way> OfThisKernel =>
        FeatureBits.Current is var bits && ((ulong)Watched.FeaturesUnderTest & bits.UnderTest) != 0
            ? [Default, PreRead, Advised, Feature, Halves]
            : [Default, PreRead, Advised];

    /// <summary>Makes the pages that the way needs; nothing for most.</summary>
    internal void Prefault(MemoryRange range)
    {
        if (this == PreRead)
            ReadEachPage(range);
        else if (this == Advised)
            Native.Must(Native.madvise((nint)range.Start, range.Length, Advice.PopulateRead), "madvise(MADV_POPULATE_READ)");
    }

    internal void Protect(UserfaultfdDescriptor uffd, MemoryRange range)
    {
        var piece = Math.Min(Piece ?? range.Length, range.Length);
        for (nuint at = 0; at < range.Length; at += piece)
            uffd.WriteProtect(new(range.Start + at, piece));
    }

    /// <summary>A load for each page and nothing else. It never blocks: reads of write-protected memory raise no event.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void ReadEachPage(MemoryRange range)
    {
        for (var at = range.Start; at < range.End; at += MemoryRange.PageSize)
            _ = Volatile.Read(ref *(byte*)at);
    }
}
