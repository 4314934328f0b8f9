namespace Faultline.Harness.Judging;

/// <summary>What a run proves about a kernel. Each kind has one exit code: <c>docs/exit-codes.md</c>.</summary>
internal enum VerdictKind
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
