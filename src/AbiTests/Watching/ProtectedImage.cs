using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Memory;

namespace Faultline.AbiTests.Watching;

/// <summary>Memory with patterns and holes, watched and protected, and a copy of what it held before anybody wrote: time T0 of a snapshot.</summary>
internal sealed unsafe class ProtectedImage : IDisposable
{
    private readonly MemoryRegion _original;

    private ProtectedImage(Watched watched, MemoryRegion original)
    {
        Watched = watched;
        _original = original;
    }

    internal Watched Watched { get; }

    internal nuint PageCount => Watched.Range.PageCount;

    /// <summary>Even pages hold a pattern, odd pages were never touched.</summary>
    internal static ProtectedImage Create(nuint pages)
    {
        var memory = MemoryRegion.Anonymous(pages);
        var original = MemoryRegion.Anonymous(pages);
        original.Populate(0);
        for (nuint page = 0; page < pages; page++)
        {
            if (IsHole(page))
                continue;
            MemoryRegion.Populate(memory.Range.Pages(page), Pattern(page));
            MemoryRegion.Populate(original.Range.Pages(page), Pattern(page));
        }
        var watched = Watched.Over(memory);
        watched.Protect();
        return new(watched, original);
    }

    internal static bool IsHole(nuint page) => page % 2 == 1;

    /// <summary>Whether <paramref name="copy"/> holds what <paramref name="page"/> held at T0.</summary>
    internal bool IsOriginal(nuint page, MemoryRange copy) =>
        Native.memcmp((void*)copy.Start, (void*)_original.Range.Pages(page).Start, copy.Length) == 0;

    public void Dispose()
    {
        Watched.Dispose();
        _original.Dispose();
    }

    private static byte Pattern(nuint page) => (byte)(page % 100 + 1);
}
