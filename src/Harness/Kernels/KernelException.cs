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
