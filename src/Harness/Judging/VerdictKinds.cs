using System.Collections.Immutable;

namespace Faultline.Harness.Judging;

/// <summary>Names, exit codes and precedence of verdicts; nowhere else is one of these known.</summary>
internal static class VerdictKinds
{
    /// <summary>Which verdict speaks for a run of several kernels: the first of these that occurs.</summary>
    /// <remarks>
    /// What a kernel did comes before what kept a kernel from being tested, and both before runs that prove nothing: a crash is a
    /// finding whatever else went wrong.
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

    /// <summary>
    /// Which verdict speaks for the checks of several series: the first of these. There "failed" is a complaint about
    /// style.
    /// </summary>
    /// <remarks>What keeps a tree from existing weighs more than what is wrong with it.</remarks>
    public static readonly ImmutableArray<VerdictKind> PrecedenceOfChecks =
    [
        VerdictKind.PatchDoesNotApply,
        VerdictKind.KernelBuildFailed,
        VerdictKind.Crashed,
        VerdictKind.Hung,
        VerdictKind.KconfigDropped,
        VerdictKind.Failed,
        VerdictKind.Infrastructure,
        VerdictKind.Pass,
    ];

    private static readonly ImmutableDictionary<string, VerdictKind> ByName =
        Enum.GetValues<VerdictKind>().ToImmutableDictionary(kind => kind.Name(), StringComparer.Ordinal);

    /// <summary>The code that a command leaves with; docs/exit-codes.md.</summary>
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
        VerdictKind.Infrastructure => 10,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This is not a verdict."),
    };

    /// <summary>The name in <c>results.json</c>, in other files and on the terminal; stable.</summary>
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
        VerdictKind.Infrastructure => "infrastructure",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This is not a verdict."),
    };

    /// <summary>The kind that <see cref="Name"/> gives this name.</summary>
    /// <exception cref="FormatException">No verdict has it.</exception>
    public static VerdictKind Parse(string name) => ByName.TryGetValue(name, out var kind)
        ? kind
        : throw new FormatException($"'{name}' is not a verdict; there are {string.Join(", ", Precedence.Select(Name))}.");

    /// <summary>The fault is the kernel's, its series' or its configuration's, so that it was never booted; others can still be.</summary>
    public static bool KeepsFromBooting(this VerdictKind kind) =>
        kind is VerdictKind.PatchDoesNotApply or VerdictKind.KconfigDropped or VerdictKind.KernelBuildFailed;

    /// <summary>The verdict that speaks for all; <see cref="VerdictKind.Infrastructure"/> when there is none, for nothing ran.</summary>
    public static VerdictKind Overall(IEnumerable<VerdictKind> kinds)
    {
        var seen = kinds.ToHashSet();
        return seen.Count == 0 ? VerdictKind.Infrastructure : Precedence.First(seen.Contains);
    }

    /// <summary>The verdict that speaks for all checks of series; a pass when there is none, for nothing was found.</summary>
    public static VerdictKind OverallOfChecks(IEnumerable<VerdictKind> kinds) =>
        PrecedenceOfChecks.First(kinds.Append(VerdictKind.Pass).ToHashSet().Contains);
}
