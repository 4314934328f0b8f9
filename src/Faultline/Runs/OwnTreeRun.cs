using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>
/// Makes a plan from a developer's tree: its base first, then the tree, then the tree's own promise on the base.
/// </summary>
internal static class OwnTreeRun
{
    /// <param name="selection">Without the tree's kernels.</param>
    /// <param name="scratch">A folder to look at the tree in, of which nothing can be built; null for the checkout's.</param>
    public static async Task<MainRunRequest> PlanAsync(
        Selection selection, NamedTree tree, RunOptions options, IProgress<HarnessEvent> progress, CancellationToken cancellation,
        string? scratch = null)
    {
        var own = await ReadAsync(selection, tree, progress, cancellation, scratch);
        selection = selection with { Catalog = selection.Catalog.With(own.Control, own.Variant) };
        return new MainRunRequest(selection, RunPlan.Of(selection, own.Control, [own.Variant]), options, selection.Checkout.Report);
    }

    /// <summary>The tree as it is now, and what it stands on.</summary>
    public static async Task<OwnTree> ReadAsync(
        Selection selection, NamedTree tree, IProgress<HarnessEvent> progress, CancellationToken cancellation, string? scratch = null)
    {
        using var phase = new PhaseScope(
            progress, Path.GetFileName(tree.Source.Folder), Phase.Source, "what the tree changes", cancellation: cancellation);
        var home = scratch ?? Path.Combine(selection.Checkout.Trees, tree.Source.ShortName);
        var own = await OwnTree.ReadAsync(tree.Source, home, tree.Base, tree.Feature,
            [.. selection.Catalog.Variants.Select(variant => variant.Name)], phase, cancellation, wholeBase: scratch is null);
        phase.Succeed(reason: own.Variant.Title + (own.Variant.Feature is { } macro ? $", adds {macro}" : ""));
        var suites = SuitesOf(tree.Source.Version, selection);
        return new OwnTree(own.Control with { Suites = suites }, own.Variant with { Suites = suites });
    }

    /// <summary>
    /// Which programs of the kernel's own selftests run, with what arguments: as for the profile that fits the version. How they come out
    /// is for the tree and its base to show.
    /// </summary>
    internal static IReadOnlyList<DeclaredSuite> SuitesOf(Version? version, Selection selection) =>
    [
        .. PrebuiltPlan.ProfileOf(version, selection).Suites.Where(suite => suite.Run is null)
            .Select(suite => new DeclaredSuite(suite.Name) { Limit = suite.Limit, Programs = suite.Programs }),
    ];
}
