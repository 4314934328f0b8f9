using System.Collections.Immutable;

namespace Faultline.Harness.Results;

/// <summary>What a run proves about a kernel. Each kind has one exit code: <c>docs/exit-codes.md</c>.</summary>
public enum VerdictKind
{
    Pass,
    Failed,
    AbiDrift,
    PatchDoesNotApply,
    KconfigDropped,
    KernelBuildFailed,
    Crashed,
    Hung,
    Vacuous,
    Infrastructure,
}

/// <summary>A judgement with its evidence.</summary>
/// <param name="Summary">One line: what happened, where, why.</param>
public sealed record Verdict(VerdictKind Kind, string Summary)
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

public static class VerdictKinds
{
    /// <summary>Which verdict speaks for a run of several kernels: the first of these that occurs.</summary>
    /// <remarks>
    /// What a kernel did comes before what kept a kernel from being tested, and both before runs that prove nothing: a crash is a
    /// finding whatever else went wrong beside it.
    /// </remarks>
    public static readonly ImmutableArray<VerdictKind> Precedence =
    [
        VerdictKind.Crashed,
        VerdictKind.Hung,
        VerdictKind.Failed,
        VerdictKind.PatchDoesNotApply,
        VerdictKind.KconfigDropped,
        VerdictKind.KernelBuildFailed,
        VerdictKind.Vacuous,
        VerdictKind.AbiDrift,
        VerdictKind.Infrastructure,
        VerdictKind.Pass,
    ];

    public static int ExitCode(this VerdictKind kind) => kind switch
    {
        VerdictKind.Pass => 0,
        VerdictKind.Failed => 1,
        VerdictKind.AbiDrift => 3,
        VerdictKind.PatchDoesNotApply => 4,
        VerdictKind.KconfigDropped => 5,
        VerdictKind.KernelBuildFailed => 6,
        VerdictKind.Crashed => 7,
        VerdictKind.Hung => 8,
        VerdictKind.Vacuous => 9,
        _ => 10,
    };

    /// <summary>The name in <c>results.json</c> and other files; stable.</summary>
    public static string Name(this VerdictKind kind) => kind switch
    {
        VerdictKind.Pass => "pass",
        VerdictKind.Failed => "failed",
        VerdictKind.AbiDrift => "abi-drift",
        VerdictKind.PatchDoesNotApply => "patch-does-not-apply",
        VerdictKind.KconfigDropped => "kconfig-dropped",
        VerdictKind.KernelBuildFailed => "kernel-build-failed",
        VerdictKind.Crashed => "crashed",
        VerdictKind.Hung => "hung",
        VerdictKind.Vacuous => "vacuous",
        _ => "infrastructure",
    };

    /// <summary>The kind named <paramref name="name"/>; <see cref="VerdictKind.Infrastructure"/> for a name nobody gave.</summary>
    public static VerdictKind Parse(string name) =>
        Enum.GetValues<VerdictKind>().Cast<VerdictKind?>().FirstOrDefault(kind => kind!.Value.Name() == name) ?? VerdictKind.Infrastructure;

    /// <summary>The verdict that speaks for all; <see cref="VerdictKind.Infrastructure"/> when there is none, for nothing ran.</summary>
    public static VerdictKind Overall(IEnumerable<VerdictKind> kinds)
    {
        var seen = kinds.ToHashSet();
        return seen.Count == 0 ? VerdictKind.Infrastructure : Precedence.First(seen.Contains);
    }
}
