namespace Faultline.Harness.Bench.Feature.Tables;

/// <summary>What is done to protected memory, by the names in the suite's events, and in words.</summary>
internal static class Steps
{
    public static IReadOnlyList<(string Name, string Title)> Times { get; } =
    [
        ("prefault", "make the pages first"), ("protect", "protect"), ("protect-again", "protect again"), ("unprotect", "lift all"),
        ("read-first", "first read in 2 MiB"), ("read-second", "second read in it"), ("write-first", "first write in 2 MiB"),
        ("write-second", "second write in it"), ("fork", "fork"), ("fork-event", "fork with EVENT_FORK"), ("mremap", "mremap"),
        ("munmap", "munmap"), ("close", "close the userfaultfd"), ("pagemap", "read pagemap"),
    ];

    public static IReadOnlyList<(string Name, string Title)> Counts { get; } =
    [
        ("tables-kib", "page tables, KiB"), ("resident-kib", "resident, KiB"), ("child-tables-kib", "page tables of a child, KiB"),
        ("child-tables-event-kib", "the same with EVENT_FORK, KiB"),
    ];
}
