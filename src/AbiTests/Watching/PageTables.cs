using Faultline.AbiTests.Memory;

namespace Faultline.AbiTests.Watching;

/// <summary>Memory as large as page tables reach, and how many tables a scenario made the kernel allocate.</summary>
internal static class PageTables
{
    /// <summary>Base pages below one page table.</summary>
    internal const nuint Pages = 512;

    private const nuint Reach = 2 << 20;

    /// <summary>Untouched memory below whole page tables, none of which exist; without huge pages.</summary>
    internal static MemoryRegion Holes(nuint tables) => MemoryRegion.Anonymous(tables * Pages, Reach);

    /// <summary>
    /// Like <see cref="Holes"/>, but everything begins <paramref name="offset"/> pages behind the border of a table.
    /// </summary>
    internal static MemoryRegion HolesBehind(nuint offset, nuint tables) => MemoryRegion.AnonymousBehind(tables * Pages, Reach, offset);

    /// <summary><see cref="Holes"/>, watched and protected.</summary>
    internal static Watched Protected(nuint tables, UffdioRegisterMode mode = UffdioRegisterMode.Wp, UffdFeature extra = 0)
    {
        var watched = Watched.Over(Holes(tables), mode, extra);
        watched.Protect();
        return watched;
    }

    /// <summary>The pages below one table of <paramref name="memory"/>.</summary>
    internal static MemoryRange Table(MemoryRange memory, nuint table) => memory.Pages(table * Pages, Pages);

    /// <summary>Kibibytes of tables since <paramref name="before"/> for each of <paramref name="parts"/> equal parts.</summary>
    /// <remarks>Rounded to whole tables: the runtime may add or free one meanwhile, and the memory may need an upper one.</remarks>
    internal static string GrownPer(nuint parts, long before) =>
        (4 * Math.Round((Procfs.PageTableKibibytes - before) / (4.0 * parts))).ToString();

    /// <summary>Writes to some pages, one after the other, and what events each raised until it was through.</summary>
    internal static string EventsOfWrites(Watched watched, params nuint[] pages) =>
        string.Join(' ', pages.Select(page => watched.EventsUntilDone(watched.Write(page)).Replace(", ", ",", StringComparison.Ordinal)));
}
