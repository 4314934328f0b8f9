using System.Collections.Immutable;

namespace Faultline.Harness.Results;

/// <summary>The kernel's taint flags that only a complaint sets (Documentation/admin-guide/tainted-kernels.rst).</summary>
internal static class TaintFlags
{
    private static readonly (int Bit, string Meaning)[] OfComplaints =
    [
        (5, "B: a bad page"), (7, "D: an oops or BUG"), (9, "W: a warning"), (14, "L: a soft lockup"),
    ];

    /// <summary>What the flags say was complained about: letter and meaning of each; empty for a kernel that never complained.</summary>
    public static ImmutableArray<string> Complaints(long taint) =>
        [.. OfComplaints.Where(flag => (taint & (1L << flag.Bit)) != 0).Select(flag => flag.Meaning)];
}
