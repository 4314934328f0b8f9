using Faultline.Harness.Bench.Feature;

namespace Faultline.Harness.Argument;

/// <summary>What was observed and measured: all that a statement can rest on.</summary>
/// <param name="Observed">Kernel, row and observable to the value seen; null where nothing was.</param>
/// <param name="Figures">What the benchmark found; null where it was never run.</param>
internal sealed record Facts(Func<string, string, string, string?> Observed, FeatureReport? Figures)
{
    public FeatureKernel? KernelOf(string name) => Figures?.Kernels.FirstOrDefault(kernel => kernel.Where == name);
}
