using Faultline.Harness.Docker;
using Faultline.Harness.Inputs;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Kernels;

/// <summary>
/// The containers in which one kernel is made: which image, which volumes, which script of images/kernel-steps. The volume holds one source
/// and every kernel made from it (see lib.sh there).
/// </summary>
internal sealed class StepRunner(ContainerEngine engine, Checkout checkout, KernelRequest request)
{
    /// <summary>A step's word for having had nothing to do.</summary>
    public const string Unchanged = "faultline: unchanged";

    private const string StepsTarget = "/opt/faultline";

    public ImageSpec Image => ImageOf(checkout, request.Source);

    /// <summary>The volume's name; it belongs to one user, for files in it do.</summary>
    public string Volume => $"faultline-kernel-{Slug}-{InputHash.Of(h =>
    {
        h.Add("source", request.Source.ToString()!);
        // A tree's volume of an older Faultline holds a copy that nobody knows the content of.
        h.Add("kind", request.Source is KernelSource.Tree ? "snapshot" : "copy");
        AddOwner(h);
    })[..8]}";

    /// <summary>Held while a kernel is made from this volume; every checkout of this user on this machine shares the volume.</summary>
    public string Lock => VolumeOperations.LockOf(Volume);

    /// <summary>The compiler cache's volume; one for all kernels of a user.</summary>
    public string CompilerCache => $"faultline-ccache-{InputHash.Of(AddOwner)[..8]}";

    /// <summary>
    /// Who may borrow from this volume: this user's volumes of what developers' trees stand on. Nothing is added to such a folder by hand, and
    /// two of one commit are the same, file by file.
    /// </summary>
    public string? Borrower => !IsScratch && request.Source is KernelSource.Tree { Developed: not null }
        ? InputHash.Of(AddOwner)[..8] : null;

    /// <summary>A volume to borrow from, which the steps see as /lender; null for none.</summary>
    public string? Lender { get; init; }

    /// <summary>Where all steps run; null where each has its own container.</summary>
    public StepContainer? Container { get; init; }

    private bool IsScratch => request.Scratch is not null;

    private string Slug => request.Source is KernelSource.Debian debian ? debian.Version : "tree";

    public static ImageSpec BuilderImage(Checkout checkout) =>
        new("kernel-builder", Path.Combine(checkout.Images, "kernel-builder"), new BaseImage(Path.Combine(checkout.Images, "bookworm")));

    /// <summary>What only <c>kernel check</c> needs on top: sparse, and compilers for other machines.</summary>
    public static ImageSpec CheckerImage(Checkout checkout) =>
        new("kernel-checker", Path.Combine(checkout.Images, "kernel-checker"), BuilderImage(checkout));

    public static ImageSpec ImageOf(Checkout checkout, KernelSource source) => source is KernelSource.Debian debian
        ? new ImageSpec($"source-{debian.Version}", Path.Combine(checkout.Images, "linux-source"), BuilderImage(checkout),
            new Dictionary<string, string> { ["PACKAGE"] = debian.Package })
        : BuilderImage(checkout);

    public static string StepsFolder(Checkout checkout) => Path.Combine(checkout.Images, "kernel-steps");

    /// <summary>The series where the steps expect it.</summary>
    public static ContainerInput InputOf(PatchSeries series) =>
        ContainerInput.FromFiles("/tmp/series", [.. series.StepFiles()]);

    /// <summary>
    /// Keeps other runs off the volume, and a prune off the compiler's cache as well, until it is disposed; both are made unless they exist. Not
    /// to be entered twice by one run: it would wait for itself.
    /// </summary>
    public async Task<IDisposable> EnterAsync(PhaseScope phase, CancellationToken cancellation)
    {
        var entered = new Entered();
        try
        {
            entered.Locks.Add(await FileLock.TakeAsync(
                Lock, () => phase.Output("waiting for another run that builds from this source"), cancellation: cancellation));
            entered.Locks.Add(await FileLock.TakeAsync(VolumeOperations.LockOf(CompilerCache), shared: true, cancellation: cancellation));
            await engine.Volumes.EnsureAsync(
                Volume,
                new VolumePurpose($"kernels of {request.Source}", (request.Source as KernelSource.Tree)?.Folder, IsScratch, Borrower),
                cancellation);
            await engine.Volumes.EnsureAsync(CompilerCache, new VolumePurpose("compiler cache", Scratch: IsScratch), cancellation);
            return entered;
        }
        catch
        {
            entered.Dispose();
            throw;
        }
    }

    /// <summary>Removes the volumes, with everything made from this source, and their locks.</summary>
    public async Task RemoveVolumesAsync(CancellationToken cancellation)
    {
        foreach (var volume in (string[])[Volume, CompilerCache])
        {
            await engine.Volumes.RemoveAsync(volume, cancellation);
            FileLock.TryTake(VolumeOperations.LockOf(volume))?.Remove();
        }
    }

    /// <summary>Runs one script; its lines go to the phase, and all of them are returned.</summary>
    public async Task<(ContainerExit Exit, List<string> Lines)> RunAsync(
        string script, PhaseScope phase, Dictionary<string, string> environment, IReadOnlyList<ContainerInput>? inputs = null,
        IReadOnlyList<ContainerOutput>? outputs = null, Func<Stream, CancellationToken, Task>? feed = null,
        CancellationToken cancellation = default)
    {
        var lines = new List<string>();
        var exit = await RunAsync(script, phase.Phase, line =>
        {
            lines.Add(line);
            phase.Output(line);
        }, environment, inputs, outputs, feed, cancellation: cancellation);
        return (exit, lines);
    }

    /// <summary>Runs one script, handing on its lines one at a time.</summary>
    /// <param name="image">Another image that has the same compiler; null for the kernel's own.</param>
    public async Task<ContainerExit> RunAsync(
        string script, Phase phase, Action<string> onLine, Dictionary<string, string> environment, IReadOnlyList<ContainerInput>? inputs = null,
        IReadOnlyList<ContainerOutput>? outputs = null, Func<Stream, CancellationToken, Task>? feed = null, string? image = null,
        CancellationToken cancellation = default)
    {
        foreach (var (name, value) in EnvironmentOf(request, engine.Facts.Processors))
            environment.TryAdd(name, value);
        environment.TryAdd("TOOLS", Image.Tag);
        IReadOnlyList<string> command = [$"{StepsTarget}/{script}"];
        // Both streams come through one reader, so calls do not overlap.
        void Take(OutputLine line) => onLine(line.Text);
        ContainerExit exit;
        if (Container is not null)
        {
            var step = new ContainerStep
            {
                Phase = phase,
                Command = command,
                Environment = environment,
                Inputs = inputs ?? [],
                Outputs = outputs ?? [],
                FeedStandardInput = feed,
            };
            exit = await Container.RunAsync(SpecOf("build", phase, image), step, Take, cancellation);
        }
        else
        {
            var spec = SpecOf(script, phase, image);
            spec = spec with
            {
                Command = command,
                Environment = environment,
                Inputs = [.. spec.Inputs, .. inputs ?? []],
                Outputs = outputs ?? [],
                FeedStandardInput = feed,
            };
            exit = await engine.Containers.RunAsync(spec, Take, cancellation);
        }

        // Signals come from outside: make turns even a compiler killed for want of memory into an exit code of its own.
        return exit.Code is 137 or 143
            ? throw new ContainerFailedException(
                $"{phase}: the step '{script}' for {request.Name} was killed from outside (signal {exit.Code - 128}): its container was removed or stopped by someone, or memory ran out. Run again; finished steps are kept.",
                phase, exit.Name, exit.Code, exit.Tail)
            : exit;
    }

    /// <summary>The container that a step runs in, before anything is said of the step.</summary>
    private ContainerSpec SpecOf(string purpose, Phase phase, string? image) => new()
    {
        Image = image ?? Image.Tag,
        Purpose = $"{purpose}-{request.Id.NameInSource}",
        Phase = phase,
        Command = [],
        Mounts =
        [
            ContainerMount.OfVolume(Volume, "/kernel"), ContainerMount.OfVolume(CompilerCache, "/ccache"),
            .. Lender is null ? (ContainerMount[])[] : [ContainerMount.OfVolume(Lender, "/lender", readOnly: true)],
        ],
        Inputs = [ContainerInput.FromHost(StepsFolder(checkout), StepsTarget)],
    };

    /// <summary>What every script is told: which kernel, and how it is made (see lib.sh).</summary>
    /// <param name="processors">Of the engine's machine.</param>
    internal static IReadOnlyDictionary<string, string> EnvironmentOf(KernelRequest request, int processors) => new Dictionary<string, string>
    {
        ["NAME"] = request.Id.NameInSource,
        ["TAG"] = request.Tag,
        ["START_FROM"] = string.Join(' ', request.Lenders),
        ["JOBS"] = Math.Max(1, processors).ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["IMAGE"] = request.Architecture.Image,
        ["KERNEL_ARCH"] = request.Architecture.KernelArch,
    };

    /// <summary>Runs a script whose failure is the machinery's, never the patch's.</summary>
    public async Task<List<string>> RunCheckedAsync(
        string script, PhaseScope phase, Dictionary<string, string> environment, IReadOnlyList<ContainerInput>? inputs = null,
        IReadOnlyList<ContainerOutput>? outputs = null, Func<Stream, CancellationToken, Task>? feed = null,
        CancellationToken cancellation = default)
    {
        var (exit, lines) = await RunAsync(script, phase, environment, inputs, outputs, feed, cancellation);
        return exit.Code == 0 ? lines : throw new ContainerFailedException(
            $"{phase.Phase}: the step '{script}' for {request.Name} ended with exit code {exit.Code}. Whole log: {phase.LogPath}",
            phase.Phase, exit.Name, exit.Code, exit.Tail);
    }

    private sealed class Entered : IDisposable
    {
        public List<FileLock> Locks { get; } = [];

        public void Dispose() => Locks.ForEach(held => held.Dispose());
    }

    private void AddOwner(InputHash hash)
    {
        engine.AddOwner(hash);
        if (request.Scratch is { } scratch)
            hash.Add("scratch", scratch);
    }
}
