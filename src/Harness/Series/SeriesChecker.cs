using System.Globalization;
using Faultline.Harness.Docker;
using Faultline.Harness.Identity;
using Faultline.Harness.Kconfig;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Series;

/// <summary>What is to be checked.</summary>
/// <param name="Kernel">Source, series and configuration, as for a build.</param>
/// <param name="SwitchOff">The options that the last tree has to build without.</param>
/// <param name="Foundation">How many of the series' first folders belong to other variants; their patches are only applied.</param>
/// <param name="Whole">With an option off, build every file instead of those that the series can have broken.</param>
/// <param name="Quick">No sparse and W=1, no other machines, no images to boot.</param>
internal sealed record SeriesCheckRequest(KernelRequest Kernel, IReadOnlyList<string> SwitchOff, int Foundation, bool Whole, bool Quick)
{
    /// <summary>The request for a variant of linux-patch.</summary>
    public static SeriesCheckRequest For(Variant variant, KernelRequest kernel, bool whole, bool quick) => new(
        kernel, variant.SwitchOff,
        variant.Series.Parts.TakeWhile(part => part.Folder != Path.GetFullPath(variant.Folder)).Count(), whole, quick);
}

/// <summary>
/// Asks of a series what a maintainer would, patch by patch. Works in the volume of the kernel's source, in a tree and a build folder of its
/// own that begin with those of base and are gone afterwards: no kernel and none of its results is touched.
/// </summary>
/// <param name="checkout">Where things lie.</param>
/// <param name="connect">Gives the engine.</param>
internal sealed class SeriesChecker(Checkout checkout, Func<CancellationToken, Task<ContainerEngine>> connect)
{
    /// <summary>Runs every check; what they find is in the report, not an exception.</summary>
    /// <param name="request">What to check.</param>
    /// <param name="progress">Gets the preparation's phases, then one for each check.</param>
    /// <param name="cancellation">Stops the container.</param>
    /// <exception cref="EngineUnavailableException">No engine answers.</exception>
    /// <exception cref="ImageBuildException">The builder image could not be made.</exception>
    /// <exception cref="ContainerFailedException">The machinery failed.</exception>
    public async Task<SeriesReport> CheckAsync(SeriesCheckRequest request, IProgress<HarnessEvent> progress, CancellationToken cancellation = default)
    {
        var kernel = request.Kernel;
        progress = new IdentifiedProgress(progress, kernel.Id.Name);
        var fragment = KconfigFragment.Read(kernel.Fragments);
        var engine = await connect(cancellation);
        var steps = new StepRunner(engine, checkout, kernel);
        using var preparation = new SourcePreparation(checkout, engine, steps, kernel, "needed for the check", progress, cancellation);
        var (version, _) = await preparation.RunAsync();
        var tools = StepRunner.CheckerImage(checkout);
        if (!request.Quick)
            await EnsureAsync(engine, tools, kernel, progress, cancellation);

        var images = checkout.CheckedImages(kernel.Id.Name);
        if (Directory.Exists(images))
            Directory.Delete(images, recursive: true);
        using var stream = new CheckStream(checkout, kernel.Id, progress, cancellation);
        var exit = await steps.RunAsync("check-series", Phase.Check, stream.Take, new Dictionary<string, string>
        {
            ["TARGET"] = fragment.Target,
            // Nobody asks these kernels for their release: with base's, nothing that holds the release is compiled anew.
            ["TAG"] = $"-{kernel.StartFrom}",
            ["FOUNDATION"] = request.Foundation.ToString(CultureInfo.InvariantCulture),
            ["SWITCH_OFF"] = string.Join(' ', request.SwitchOff),
            ["WHOLE"] = request.Whole ? "1" : "0",
            ["QUICK"] = request.Quick ? "1" : "0",
            ["MACHINES"] = string.Join(' ', Architecture.Others),
        },
        [StepRunner.InputOf(kernel.Series), ContainerInput.FromText(fragment.ToConfigLines(), "/tmp/fragment.config")],
        [new ContainerOutput("/tmp/images", images, Optional: true)],
        image: request.Quick ? null : tools.Tag,
        cancellation: cancellation);
        return exit.Code == 0
            ? new SeriesReport(kernel.Name, kernel.Source.ToString()!, version, stream.Foundation, stream.Results)
            {
                Trees = [.. stream.Images.Select(image => new CheckedTree(image.Patch, image.Number, Path.Combine(images, image.Number)))],
            }
            : throw new ContainerFailedException(
                $"check: the step 'check-series' for {kernel.Name} ended with exit code {exit.Code}.", Phase.Check, exit.Name, exit.Code, exit.Tail);
    }

    private async Task EnsureAsync(
        ContainerEngine engine, ImageSpec tools, KernelRequest kernel, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        var log = checkout.LogFile(kernel.Id.Name, "image-checker");
        using var phase = new PhaseScope(progress, kernel.Name, Phase.Image, "sparse, other machines' compilers", log, cancellation);
        var image = await engine.Images.EnsureAsync(tools, phase.Output, cancellation);
        phase.Succeed(image.Cached, image.Reason);
    }
}
