using Faultline.Harness.Judging;
using Faultline.Harness.Kernels.StepOutput;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Kernels;

/// <summary>A patch of the series does not apply (exit code 4).</summary>
internal sealed class PatchDoesNotApplyException(string kernel, PatchFailure failure, string source, string? logPath)
    : KernelException(VerdictKind.PatchDoesNotApply, kernel, Phase.Apply, failure.Describe(kernel, source, logPath), logPath)
{
    public PatchFailure Failure { get; } = failure;
}
