using Faultline.Harness.Judging;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>The wrong versions of one variant, and what the suite made of them.</summary>
/// <param name="Prepared">The kernel that they are all in.</param>
/// <param name="Right">The same kernel with none of them on: what it shows must be right, or being killed means nothing.</param>
/// <param name="Mutants">In the order of their numbers.</param>
internal sealed record VariantMutants(Variant Variant, PreparedKernel Prepared, CellResult? Right, IReadOnlyList<MutantResult> Mutants)
{
    /// <summary>Why nothing could be run.</summary>
    public Exception? Failure => Prepared.Failure ?? Right?.Failure;

    /// <summary>The kernel's when it is not right itself, else the one that speaks for all of its wrong versions.</summary>
    public VerdictKind Verdict => Failure is { } failure ? KernelReports.NotTested(failure).Kind
        : Right?.Run?.Verdict is { IsPass: false } wrong ? wrong.Kind
        : VerdictKinds.Overall(Mutants.Select(mutant => mutant.Run?.Verdict.Kind ?? VerdictKind.Infrastructure));
}
