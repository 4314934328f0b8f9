using System.Collections.Immutable;

namespace Faultline.Harness.Bench.Feature;

/// <summary>What protecting memory costs on every kernel, way by way: <c>faultline bench --only feature</c>.</summary>
/// <param name="Kernels">Each in its own guest, this machine's last.</param>
internal sealed record FeatureReport(ImmutableArray<FeatureKernel> Kernels);
