namespace Faultline.AbiTests.Calls;

/// <summary>Page faults one thread took: minor + major, as getrusage(RUSAGE_THREAD) counts them.</summary>
/// <remarks>6.1 counts a fault that waited for a userfaultfd monitor as major, later kernels as minor (mm_account_fault).</remarks>
public readonly record struct FaultCount(long Minor, long Major)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Minor}+{Major}";

    /// <summary>The sum of two counts.</summary>
    public static FaultCount operator +(FaultCount left, FaultCount right) => new(left.Minor + right.Minor, left.Major + right.Major);
}
