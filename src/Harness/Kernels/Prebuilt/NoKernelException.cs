namespace Faultline.Harness.Kernels.Prebuilt;

/// <summary>A file is not a kernel that could be booted (exit code 2).</summary>
internal sealed class NoKernelException(string file, string why) : FaultlineException(kind: null, $"--kernel {file}: {why}.");
