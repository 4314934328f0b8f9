using Faultline.Harness.Judging;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Kernels;

/// <summary>A step of making a kernel failed for a reason that lies in what was to be built, not in the machinery.</summary>
internal abstract class KernelException(VerdictKind kind, string kernel, Phase phase, string message, string? logPath)
    : FaultlineException(kind, message)
{
    public string Kernel { get; } = kernel;

    public Phase Phase { get; } = phase;

    /// <summary>The phase's whole output.</summary>
    public string? LogPath { get; } = logPath;
}

/// <summary>A patch of the series does not apply (exit code 4).</summary>
internal sealed class PatchDoesNotApplyException(string kernel, PatchFailure failure, string source, string? logPath)
    : KernelException(VerdictKind.PatchDoesNotApply, kernel, Phase.Apply, failure.Describe(kernel, source, logPath), logPath)
{
    public PatchFailure Failure { get; } = failure;
}

/// <summary>Requested options are not in the configuration (exit code 5).</summary>
internal sealed class KconfigDroppedException(string kernel, IReadOnlyList<DroppedOption> dropped, string? logPath)
    : KernelException(VerdictKind.KconfigDropped, kernel, Phase.Configure, Describe(kernel, dropped), logPath)
{
    public IReadOnlyList<DroppedOption> Dropped { get; } = dropped;

    private static string Describe(string kernel, IReadOnlyList<DroppedOption> dropped) =>
        $"{kernel}: {dropped.Count} requested kconfig option{(dropped.Count == 1 ? " was" : "s were")} dropped by olddefconfig:\n"
        + string.Join("\n", dropped.Select(d =>
            $"  CONFIG_{d.Request.Symbol}: requested {d.Request.Value}, got {d.Actual} ({d.Request.File}:{d.Request.Line})\n"
            + string.Join("\n", d.Reasons.SelectMany(r => r.Split('\n')).Select(r => "    " + r))))
        + "\nAdd what is missing to the fragment, or remove the request.";
}

/// <summary>A line of a kconfig fragment cannot be understood (exit code 5).</summary>
internal sealed class KconfigFragmentException(string file, int line, string text)
    : FaultlineException(
        VerdictKind.KconfigDropped,
        $"{file}:{line}: '{text}' is no kconfig line; write CONFIG_NAME=value, or '# CONFIG_NAME is not set'.")
{
    public string File { get; } = file;

    public int Line { get; } = line;
}

/// <summary>kbuild failed (exit code 6).</summary>
internal sealed class KernelBuildException(string kernel, Phase phase, IReadOnlyList<BuildError> errors, IReadOnlyList<string> tail, string? logPath)
    : KernelException(VerdictKind.KernelBuildFailed, kernel, phase, Describe(kernel, phase, errors, tail, logPath), logPath)
{
    /// <summary>What the compiler, linker or kconfig complained about; may be empty when none of its lines was recognised.</summary>
    public IReadOnlyList<BuildError> Errors { get; } = errors;

    public IReadOnlyList<string> Tail { get; } = tail;

    private static string Describe(string kernel, Phase phase, IReadOnlyList<BuildError> errors, IReadOnlyList<string> tail, string? logPath)
    {
        var shown = errors.Count > 0 ? errors.Take(10).Select(e => e.ToString()) : tail.TakeLast(15);
        var more = errors.Count > 10 ? $"\n  … and {errors.Count - 10} more" : "";
        return $"{kernel}: the kernel could not be {(phase == Phase.Configure ? "configured" : "built")}:\n{string.Join("\n", shown.Select(l => "  " + l))}{more}\nWhole log: {logPath ?? "none"}";
    }
}

/// <summary>What something is made from changed every time that it was made (exit code 10).</summary>
internal sealed class UnsteadyInputsException(string message) : FaultlineException(VerdictKind.Infrastructure, message);
