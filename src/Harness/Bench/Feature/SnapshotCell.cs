using System.Collections.Immutable;

namespace Faultline.Harness.Bench.Feature;

/// <summary>What was measured of live snapshots of one kind.</summary>
/// <param name="Way">One of <see cref="Ways"/>.</param>
/// <param name="Bytes">The memory of the snapshot.</param>
/// <param name="Share">Percent of it that held data.</param>
/// <param name="Asks">Whether the saver left out holes that pagemap named; else it read every page.</param>
/// <param name="Seconds">How long each step took.</param>
/// <param name="Counts">Pages and events.</param>
internal sealed record SnapshotCell(
    string Way, long Bytes, int Share, bool Asks, ImmutableSortedDictionary<string, Sample> Seconds,
    ImmutableSortedDictionary<string, Sample> Counts);
