using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>A developer's tree as a command line names it.</summary>
/// <param name="Source">The tree.</param>
/// <param name="Base">The revision that the work stands on; null to find out.</param>
/// <param name="Feature">The macro of its feature; null to find out.</param>
internal sealed record NamedTree(KernelSource.Tree Source, string? Base, string? Feature);
