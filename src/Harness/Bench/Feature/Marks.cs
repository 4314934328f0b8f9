namespace Faultline.Harness.Bench.Feature;

/// <summary>What a kernel puts into a hole that it protects, told from what pagemap and the page tables say.</summary>
internal static class Marks
{
    public const string None = "nothing";
    public const string Zeropage = "zeropages";
    public const string Pte = "pte markers";
    public const string Pmd = "PMD markers";
    private const double TableReach = 2 << 20;

    /// <param name="state">What pagemap says of a protected page, in the suite's notation.</param>
    /// <param name="bytes">How much was protected.</param>
    /// <param name="tables">KiB of page tables that it took.</param>
    public static string Of(string? state, long bytes, double? tables) => state switch
    {
        null or "-" => None,
        // A table for each 2 MiB, or for none: the runtime's own tables come and go between.
        "M" => tables >= 2 * bytes / TableReach || bytes < TableReach ? Pte : Pmd,
        "Zw" or "Hw" => Zeropage,
        _ => state,
    };
}
