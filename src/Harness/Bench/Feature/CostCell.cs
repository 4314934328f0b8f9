using System.Collections.Immutable;

namespace Faultline.Harness.Bench.Feature;

/// <summary>What was measured of one way at one size.</summary>
/// <param name="Way">One of <see cref="Ways"/>.</param>
/// <param name="Bytes">How much memory was protected.</param>
/// <param name="Huge">Whether transparent huge pages were wanted there.</param>
/// <param name="State">What pagemap said of the first page, protected, in the suite's notation.</param>
/// <param name="Seconds">How long each step took.</param>
/// <param name="Counts">What was counted; the unit is a part of the name.</param>
internal sealed record CostCell(
    string Way, long Bytes, bool Huge, string? State, ImmutableSortedDictionary<string, Sample> Seconds,
    ImmutableSortedDictionary<string, Sample> Counts)
{
    /// <summary>What was seen in the holes.</summary>
    public string Mark => Marks.Of(State, Bytes, Counts.GetValueOrDefault("tables-kib")?.Median);

    /// <summary>Seconds from untouched to protected memory: making what is needed, and protecting.</summary>
    public Sample Whole => Sample.Of(Seconds["prefault"].Values.Zip(Seconds["protect"].Values, (make, protect) => make + protect));
}
