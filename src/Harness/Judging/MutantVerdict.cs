using System.Collections.Immutable;

namespace Faultline.Harness.Judging;

/// <summary>Verdict on a wrong version: a pass when the row that names the mistake noticed it.</summary>
/// <param name="KilledBy">Every row that failed, <c>splat</c> and <c>hang</c> among them; empty for one that survived.</param>
internal sealed record MutantVerdict(Verdict Verdict, ImmutableArray<string> KilledBy)
{
    /// <summary>What a kernel complains about counts as a row of this name.</summary>
    public const string Splat = "splat";

    /// <summary>A test or a machine that does not end counts as a row of this name.</summary>
    public const string Hang = "hang";
}
