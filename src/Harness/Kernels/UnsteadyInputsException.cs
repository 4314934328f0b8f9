using Faultline.Harness.Judging;

namespace Faultline.Harness.Kernels;

/// <summary>What something is made from changed every time that it was made (exit code 10).</summary>
internal sealed class UnsteadyInputsException(string message) : FaultlineException(VerdictKind.Infrastructure, message);
