using Faultline.Harness.Docker;
using Faultline.Harness.Identity;
using Faultline.Harness.Inputs;
using Faultline.Harness.Kconfig;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Kernels;

/// <summary>
/// From source, series and configuration to a bootable kernel. Each step is skipped when its inputs are those of its last result; a kernel of
/// which nothing changed is returned without asking the engine anything.
/// </summary>
/// <param name="checkout">Where things lie.</param>
/// <param name="connect">Gives the engine; called only when something has to be done.</param>
internal sealed class KernelBuilder(Checkout checkout, Func<CancellationToken, Task<ContainerEngine>> connect)
{
    private static readonly string[] Results = ["vmlinux", "System.map", "config", "userfaultfd.h"];

    /// <summary>How often a kernel is built whose inputs change while it is.</summary>
    private const int Attempts = 3;

    private static readonly Phase[] Phases = [Phase.Image, Phase.Source, Phase.Apply, Phase.Configure, Phase.Build, Phase.Extract];

    /// <summary>Builds a kernel, or finds it built.</summary>
    /// <param name="request">What to build.</param>
    /// <param name="progress">Gets every phase with its output.</param>
    /// <param name="cancellation">Stops the containers; no half-written result is left.</param>
    /// <exception cref="TreeUnreadableException">A file of the user's tree cannot be read, or the tree does not hold still.</exception>
    /// <exception cref="UnsteadyInputsException">Series, fragments or steps changed during every build.</exception>
    /// <exception cref="PatchDoesNotApplyException">A patch of the series does not fit.</exception>
    /// <exception cref="KconfigDroppedException">A requested option is not in the result.</exception>
    /// <exception cref="KernelBuildException">kbuild failed.</exception>
    /// <exception cref="EngineUnavailableException">Something has to be done and no engine answers.</exception>
    /// <exception cref="ImageBuildException">A builder image could not be made.</exception>
    /// <exception cref="ContainerFailedException">A step failed for reasons of the machinery.</exception>
    public async Task<BuiltKernel> BuildAsync(KernelRequest request, IProgress<HarnessEvent> progress, CancellationToken cancellation = default)
    {
        progress = new IdentifiedProgress(progress, request.Id.Name);
        TemporaryResults.RemoveAbandoned(checkout);
        var folder = checkout.KernelFolder(request.Id.Name);
        var source = await TreeFingerprint.KeyAsync(request.Source, cancellation);
        var (fragment, inputs) = Inputs(request, source);
        var state = KernelState.Read(folder);
        var difference = inputs.Reason(state?.Inputs, never: "no earlier result");
        if (!request.Force && difference is null)
            return Unchanged(request, state!, folder, progress);

        var why = request.Force ? "asked for" : difference!;
        var engine = await connect(cancellation);
        for (var attempt = 1; ; attempt++)
        {
            await using var container = new StepContainer(engine);
            var run = new KernelRun(
                checkout, engine, container, request, fragment, inputs, () => Inputs(request, source).Inputs, why, progress, cancellation);
            var (kernel, moved) = await run.BuildAsync(folder);
            if (kernel is not null)
                return kernel;
            why = $"{Stamp.Words(moved)} changed during the build";
            if (attempt == Attempts)
            {
                throw new UnsteadyInputsException(
                    $"{request.Name}: {Stamp.Words(moved)} changed during each of {Attempts} builds, so there is no kernel of one state. "
                    + "Run again when nothing writes to the checkout and the fragments.");
            }

            (fragment, inputs) = Inputs(request, source);
        }
    }

    /// <summary>Removes a kernel's results, its tree and its objects; source and compiler cache stay.</summary>
    public async Task ForgetAsync(KernelRequest request, IProgress<HarnessEvent> progress, CancellationToken cancellation = default)
    {
        var folder = checkout.KernelFolder(request.Id.Name);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var engine = await connect(cancellation);
        var steps = new StepRunner(engine, checkout, request);
        if (!await engine.Images.ExistsAsync(steps.Image.Tag, cancellation))
            return;
        progress = new IdentifiedProgress(progress, request.Id.Name);
        using var phase = new PhaseScope(progress, request.Name, Phase.Source, "forget", cancellation: cancellation);
        using var held = await steps.EnterAsync(phase, cancellation);
        await steps.RunCheckedAsync("forget", phase, [], cancellation: cancellation);
        phase.Succeed();
    }

    /// <summary>Makes the image that the kernel is built in, unless the engine has it.</summary>
    /// <exception cref="ImageBuildException">It could not be made.</exception>
    public async Task EnsureImageAsync(KernelRequest request, IProgress<HarnessEvent> progress, CancellationToken cancellation = default)
    {
        var engine = await connect(cancellation);
        using var phase = new PhaseScope(progress, request.Name, Phase.Image, "", cancellation: cancellation);
        var image = await engine.Images.EnsureAsync(StepRunner.ImageOf(checkout, request.Source), phase.Output, cancellation);
        phase.Succeed(image.Cached, image.Reason);
    }

    /// <summary>Removes the volumes of a kernel that has its own (see <see cref="KernelRequest.Scratch"/>); its results stay.</summary>
    public async Task DiscardAsync(KernelRequest request, CancellationToken cancellation = default)
    {
        if (request.Scratch is null)
            throw new ArgumentException($"The volumes of {request.Name} are shared with other kernels.", nameof(request));
        var engine = await connect(cancellation);
        await new StepRunner(engine, checkout, request).RemoveVolumesAsync(cancellation);
    }

    /// <summary>What the kernel is made from, as it is now; a user's tree is looked at by whoever copies it.</summary>
    internal (KconfigFragment Fragment, Stamp Inputs) Inputs(KernelRequest request, string source)
    {
        var fragment = KconfigFragment.Read(request.Fragments);
        return (fragment, KernelInputs.Of(checkout, request, fragment, source));
    }

    private BuiltKernel Unchanged(KernelRequest request, KernelState state, string folder, IProgress<HarnessEvent> progress)
    {
        var patches = request.Series.Patches.Count;
        var reasons = new Dictionary<Phase, string>
        {
            [Phase.Image] = "unchanged: build tools",
            [Phase.Source] = $"unchanged: source {state.SourceVersion}",
            [Phase.Apply] = patches == 0 ? "unchanged: no series" : $"unchanged: series of {patches} {(patches == 1 ? "file" : "files")}",
            [Phase.Configure] = "unchanged: config",
            [Phase.Build] = $"unchanged: series, config, source {state.SourceVersion}",
            [Phase.Extract] = "unchanged: results of the last build",
        };
        return new BuiltKernel(request.Id, state.Release, state.SourceVersion, folder,
            [.. Phases.Select(p => PhaseScope.Skip(progress, request.Name, p, reasons[p], checkout.LogOf(request.Id.Name, p)))])
        {
            Subjects = state.Subjects,
        };
    }

    internal static IReadOnlyList<string> ResultNamesOf(Architecture architecture) => [architecture.Image, .. Results];

    /// <summary>Results that not every configuration has.</summary>
    internal static IReadOnlyList<string> OptionalResultNames { get; } = ["userfaultfd.o", BtfName];

    internal const string HeaderFolder = "include";

    internal const string BtfName = "userfaultfd.btf.json";
}
