using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>
/// Makes a plan from a developer's tree: its base first, then the tree, then the tree's own promise on the base.
/// </summary>
internal static class OwnTreeRun
{
    /// <param name="selection">Without the tree's kernels.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="baseRevision">What it stands on; null to find out.</param>
    /// <param name="feature">The macro of its feature; null to find out.</param>
    public static async Task<MainRunRequest> PlanAsync(
        Selection selection, KernelSource.Tree tree, string? baseRevision, string? feature, RunOptions options,
        IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        var checkout = selection.Checkout;
        OwnTree own;
        using (var phase = new PhaseScope(progress, Path.GetFileName(tree.Folder), Phase.Source, "what the tree changes",
            cancellation: cancellation))
        {
            own = await OwnTree.ReadAsync(tree, Path.Combine(checkout.Trees, tree.ShortName), baseRevision, feature,
                [.. selection.Catalog.Variants.Select(variant => variant.Name)], phase, cancellation);
            phase.Succeed(reason: own.Variant.Title + (own.Variant.Feature is { } macro ? $", adds {macro}" : ""));
        }

        selection = selection with { Catalog = selection.Catalog.With(own.Control, own.Variant) };
        return new MainRunRequest(selection, RunPlan.Of(selection, own.Control, [own.Variant]), options, checkout.Report);
    }
}
