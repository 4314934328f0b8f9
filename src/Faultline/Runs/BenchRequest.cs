using Faultline.Harness.Guest;

namespace Faultline.Cli.Runs;

/// <summary>What to measure.</summary>
/// <param name="Keys">Names of benchmarks, in the order of <see cref="BenchPlan.Keys"/>.</param>
/// <param name="Repeat">Repetitions of each pair.</param>
internal sealed record BenchRequest(Selection Selection, IReadOnlySet<string> Keys, int Repeat, AcceleratorChoice Accelerator,
    string CommandLine);
