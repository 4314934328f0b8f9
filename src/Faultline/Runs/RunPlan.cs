using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>What a command is to find out: kernels to prepare, and the cells to run on them.</summary>
/// <param name="Kernels">In the order of the report, the control first.</param>
/// <param name="Cells">In the order in which they run.</param>
internal sealed record RunPlan(IReadOnlyList<PlannedKernel> Kernels, IReadOnlyList<Cell> Cells)
{
    /// <summary>Every kernel with its own suite, then the variants' suites on the control.</summary>
    /// <param name="control">null for a plan without negative control.</param>
    /// <param name="variants">The kernels to test.</param>
    public static RunPlan Of(Selection selection, Variant? control, IReadOnlyList<Variant> variants)
    {
        var first = control is null ? null : PlannedKernel.Of(control, selection);
        IReadOnlyList<PlannedKernel> tested = [.. variants.Select(variant => PlannedKernel.Of(variant, selection))];
        IReadOnlyList<PlannedKernel> kernels = first is null ? tested : [first, .. tested];
        // A variant on another base than the control's cannot be compared with it.
        var asked = first is null ? [] : tested.Where(kernel => kernel.Variant.Base == first.Variant.Base && kernel.Variant.HasPromises);
        return new RunPlan(kernels, [.. kernels.Select(Cell.Own), .. asked.Select(kernel => Cell.Control(first!, kernel))]);
    }

    /// <summary>A plan for a kernel that is there.</summary>
    public static RunPlan OfThis(PlannedKernel kernel) => new([kernel], [Cell.Own(kernel)]);

    /// <summary>A plan for this machine's own kernel.</summary>
    /// <param name="profile">What it is compared with.</param>
    public static RunPlan OfThisMachine(Selection selection, Variant profile) => OfThis(PlannedKernel.OfThisMachine(profile, selection));
}
