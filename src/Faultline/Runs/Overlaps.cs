namespace Faultline.Cli.Runs;

/// <summary>
/// Whether a guest runs while the next kernel compiles. A compiler takes every processor it finds, and a guest that has to wait for one
/// gains nothing and misses deadlines: see docs/adr/0012-runs.md for what was measured.
/// </summary>
internal static class Overlaps
{
    /// <summary><c>always</c> or <c>never</c>, for who measures.</summary>
    public const string Variable = "FAULTLINE_OVERLAP";

    /// <summary>A guest has two virtual processors; a machine with as many again loses little to it.</summary>
    private const int EnoughProcessors = 4;

    public static bool Allowed(string? asked, int processors) => asked switch
    {
        "always" => true,
        "never" => false,
        _ => processors >= EnoughProcessors,
    };
}
