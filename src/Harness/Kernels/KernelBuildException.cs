using Faultline.Harness.Judging;
using Faultline.Harness.Kernels.StepOutput;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Kernels;

/// <summary>kbuild failed (exit code 6).</summary>
internal sealed class KernelBuildException(
    string kernel, Phase phase, IReadOnlyList<BuildError> errors, IReadOnlyList<string> tail, string? logPath)
    : KernelException(VerdictKind.KernelBuildFailed, kernel, phase, Describe(kernel, phase, errors, tail, logPath), logPath)
{
    /// <summary>What the compiler, linker or kconfig complained about; may be empty when none of its lines was recognised.</summary>
    public IReadOnlyList<BuildError> Errors { get; } = errors;

    public IReadOnlyList<string> Tail { get; } = tail;

    private static string Describe(
        string kernel, Phase phase, IReadOnlyList<BuildError> errors, IReadOnlyList<string> tail, string? logPath)
    {
        var shown = errors.Count > 0 ? errors.Take(10).Select(e => e.ToString()) : tail.TakeLast(15);
        var more = errors.Count > 10 ? $"\n  … and {errors.Count - 10} more" : "";
        var done = phase == Phase.Configure ? "configured" : "built";
        return $"{kernel}: the kernel could not be {done}:\n{string.Join("\n", shown.Select(l => "  " + l))}{more}\n"
            + $"Whole log: {logPath ?? "none"}";
    }
}
