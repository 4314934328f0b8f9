using Faultline.Harness.Guest;

namespace Faultline.Cli.Runs;

/// <summary>What to measure.</summary>
/// <param name="Keys">Names of benchmarks, in the order of <see cref="BenchPlan.Keys"/>.</param>
/// <param name="Repeat">Repetitions of each pair.</param>
/// <param name="LargestGiB">Memory that the benchmark of the feature goes up to, in GiB.</param>
internal sealed record BenchRequest(Selection Selection, IReadOnlySet<string> Keys, int Repeat, int LargestGiB,
    AcceleratorChoice Accelerator, string CommandLine);
