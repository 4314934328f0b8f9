namespace Faultline.Harness.Bench.Feature;

/// <summary>The ways of protecting that the suite goes, by the names in its events.</summary>
internal static class Ways
{
    public const string Default = "default";
    public const string PreRead = "pre-read";
    public const string Advised = "madvise";
    public const string Feature = "feature";
    public const string Halves = "halves";

    /// <summary>All ways, in the order in which tables show them.</summary>
    public static IReadOnlyList<string> All { get; } = [Default, PreRead, Advised, Feature, Halves];

    /// <summary>The ways in words, and what figures of them are.</summary>
    public const string Legend =
        "DEFAULT protects and no more; PRE-READ reads every page first, as QEMU does; MADVISE has the kernel read them "
        + "(MADV_POPULATE_READ); a design's name is one call with the feature. Without huge pages unless said otherwise; "
        + "medians of at least five rounds.";

    /// <summary>The way's name in the head of a table, that of upstream's table where it has one.</summary>
    /// <param name="way">The way.</param>
    /// <param name="design">What the kernel was seen to put into holes.</param>
    public static string Title(string way, string? design) => way switch
    {
        Default => "DEFAULT",
        PreRead => "PRE-READ",
        Advised => "MADVISE",
        Feature => design ?? "with the feature",
        // Half a table's reach a call leaves no room for a mark above the table.
        Halves when design == Marks.Pmd => $"{Marks.Pte} (calls of 1 MiB)",
        Halves => $"{Title(Feature, design)}, calls of 1 MiB",
        _ => way,
    };
}
