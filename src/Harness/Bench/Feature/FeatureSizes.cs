namespace Faultline.Harness.Bench.Feature;

/// <summary>How much memory is measured.</summary>
/// <param name="LargestGiB">GiB of the largest memory that is protected; the sizes below it are powers of two.</param>
/// <param name="SnapshotMiB">MiB of the memory that live snapshots are taken of.</param>
internal sealed record FeatureSizes(int LargestGiB = 8, int SnapshotMiB = 64)
{
    /// <summary>What the suite is asked to measure, in one boot (docs/guest-contract.md).</summary>
    public string[] Measures => [$"feature={LargestGiB * 1024}", $"snapshot={SnapshotMiB}"];
}
