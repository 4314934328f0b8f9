using Faultline.Harness.Kernels.Prebuilt;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>A plan for a kernel that was built elsewhere.</summary>
internal static class PrebuiltPlan
{
    /// <param name="selection">At most one variant: the profile.</param>
    /// <param name="file">An image or a package.</param>
    /// <param name="progress">Tells how the file is taken apart.</param>
    /// <param name="cancellation">Ends that.</param>
    /// <exception cref="NoKernelException">The file is not a kernel.</exception>
    /// <exception cref="CannotCarryGuestException">No guest could run on it.</exception>
    public static async Task<RunPlan> OfAsync(
        Selection selection, string file, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        using var engine = new LazyEngine();
        return PlanOf(await new PrebuiltTaker(selection.Checkout, engine.ConnectAsync).TakeAsync(file, progress, cancellation), selection);
    }

    /// <summary>The plan for who only lists it. Of a package that does not tell its release by its name, the parts are needed.</summary>
    /// <param name="selection">At most one variant: the profile.</param>
    /// <param name="file">An image or a package.</param>
    /// <param name="progress">Tells how the file is taken apart.</param>
    /// <param name="cancellation">Ends that.</param>
    /// <exception cref="NoKernelException">The file is not a kernel.</exception>
    public static async Task<RunPlan> ToListAsync(
        Selection selection, string file, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        var taker = new PrebuiltTaker(selection.Checkout, _ => throw new InvalidOperationException("a look at a file needs no engine"));
        return taker.Look(file) is { } kernel ? PlanOf(kernel, selection) : await OfAsync(selection, file, progress, cancellation);
    }

    private static RunPlan PlanOf(PrebuiltKernel kernel, Selection selection) =>
        RunPlan.OfThis(PlannedKernel.OfFile(kernel, ProfileOf(kernel.Version, selection), selection));

    /// <summary>
    /// The profile that fits a version: of control and references the one for the next version that is not older, for behaviour that came
    /// stays; for a newer kernel the newest.
    /// </summary>
    internal static Variant ProfileOf(Version? version, Selection selection)
    {
        if (selection.Named is [var named])
            return named;
        var known = selection.Catalog.Variants.Where(variant => variant.Role is VariantRole.Control or VariantRole.Reference)
            .Select(variant => (variant, Version: (variant.Base as KernelSource.Debian)?.Version is { } text ? Version.Parse(text) : null))
            .Where(pair => pair.Version is not null).OrderBy(pair => pair.Version).ToList();
        return version is null || known.Count == 0 ? selection.Catalog.Get(PlannedKernel.DefaultProfile)
            : known.Find(pair => pair.Version >= version).variant ?? known[^1].variant;
    }
}
