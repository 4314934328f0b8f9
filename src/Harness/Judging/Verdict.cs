using System.Collections.Immutable;

namespace Faultline.Harness.Judging;

/// <summary>A judgement with its evidence.</summary>
/// <param name="Summary">One line: what happened, where, why.</param>
internal sealed record Verdict(VerdictKind Kind, string Summary)
{
    /// <summary>One line for each thing that speaks against a pass; empty on a pass.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>Ids of the tests that were running when the kernel crashed or the run hung.</summary>
    public ImmutableArray<string> InFlight { get; init; } = [];

    /// <summary>The splat's trace, the blocked-task dump or the last log lines.</summary>
    public string? Excerpt { get; init; }

    public int ExitCode => Kind.ExitCode();

    public bool IsPass => Kind == VerdictKind.Pass;
}
