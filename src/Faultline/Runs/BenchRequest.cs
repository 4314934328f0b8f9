using Faultline.Harness.Bench.Feature;
using Faultline.Harness.Guest;

namespace Faultline.Cli.Runs;

/// <summary>What to measure.</summary>
/// <param name="Keys">Names of benchmarks, in the order of <see cref="BenchPlan.Keys"/>.</param>
/// <param name="Repeat">Repetitions of each pair.</param>
/// <param name="Sizes">Memory that the benchmark of the feature takes.</param>
internal sealed record BenchRequest(Selection Selection, IReadOnlySet<string> Keys, int Repeat, FeatureSizes Sizes,
    AcceleratorChoice Accelerator, string CommandLine);
