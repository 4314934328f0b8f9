using Faultline.Cli.Commands;
using Faultline.Cli.Runs;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Shells;

/// <summary>Finds the one kernel that a shell is for.</summary>
internal static class ShellKernel
{
    /// <param name="selection">At most one variant; a tree as well is the one that its series is applied to.</param>
    /// <param name="tree">A developer's own tree, with its changes; null where a variant is meant.</param>
    public static async Task<PlannedKernel> PlanAsync(
        Selection selection, NamedTree? tree, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        if (tree is null)
            return PlannedKernel.Of(selection.Named is [var named] ? named : selection.Control, selection);
        try
        {
            var own = await OwnTreeRun.ReadAsync(selection, tree, progress, cancellation);
            return PlannedKernel.Of(own.Variant, selection with { Catalog = selection.Catalog.With(own.Control, own.Variant) });
        }
        catch (KernelSourceException) when (tree is { Base: null, Feature: null })
        {
            // Nothing changed in it, or git knows nothing of it: it is booted as it is, and nothing is expected of it.
            var plain = selection.Control with { IsObserved = true };
            return PlannedKernel.Of(plain, selection with { Tree = tree.Source.Folder });
        }
    }
}
