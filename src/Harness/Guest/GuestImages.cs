using Faultline.Harness.Docker;
using Faultline.Harness.Inputs;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Guest;

/// <summary>
/// The runner image, and the volume that holds what every guest shares: the root image and the initramfs. The volume's name holds the
/// hash of its inputs, so one that is filled is up to date. Until it is disposed, no prune takes the volume.
/// </summary>
/// <param name="engine">Where they live.</param>
/// <param name="imagesFolder">The repository's <c>images</c>.</param>
internal sealed class GuestImages(ContainerEngine engine, string imagesFolder) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private string? _volume;
    private FileLock? _inUse;
    private FileLock? _snapshotsInUse;

    public ImageSpec Runner { get; } = RunnerImage(imagesFolder);

    private string GuestFolder => Path.Combine(imagesFolder, "guest");

    public static ImageSpec RunnerImage(string imagesFolder) =>
        new("guest-runner", Path.Combine(imagesFolder, "guest-runner"), new BaseImage(Path.Combine(imagesFolder, "bookworm")));

    /// <summary>The folders that a guest is made from.</summary>
    public IReadOnlyList<string> Folders => [.. Runner.Folders, GuestFolder];

    /// <summary>Hash of everything a guest is made of but kernel and payload.</summary>
    public string Key => new Stamp(Input.Of("runner", Runner.Key), Input.OfFolder("guest", GuestFolder)).Key[..12];

    /// <summary>Makes image and volume unless they are there.</summary>
    /// <returns>The volume to mount on <c>/guest</c>.</returns>
    /// <exception cref="ImageBuildException">The runner image could not be made.</exception>
    /// <exception cref="ContainerFailedException">The root image could not be made.</exception>
    public async Task<string> EnsureAsync(string kernel, IProgress<HarnessEvent> progress, CancellationToken cancellation = default)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            return _volume ??= await MakeAsync(kernel, progress, cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Makes the volume of the snapshots unless it is there: this user's, of guests of the present runner and init. Another user
    /// could neither read nor remove them.
    /// </summary>
    /// <returns>The volume to mount on <c>/snapshots</c>.</returns>
    public async Task<string> SnapshotsAsync(CancellationToken cancellation = default)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var volume = $"faultline-snapshots-{Key}-{engine.Owner}";
            if (_snapshotsInUse is null)
            {
                _snapshotsInUse = await FileLock.TakeAsync(VolumeOperations.LockOf(volume), shared: true, cancellation: cancellation);
                await engine.Volumes.EnsureAsync(volume, new VolumePurpose("guests that stand ready"), cancellation);
            }

            return volume;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _inUse?.Dispose();
        _snapshotsInUse?.Dispose();
        _gate.Dispose();
    }

    private async Task<string> MakeAsync(string kernel, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        var volume = $"faultline-guest-{Key}";
        _inUse ??= await FileLock.TakeAsync(VolumeOperations.LockOf(volume), shared: true, cancellation: cancellation);
        if (await engine.Images.ExistsAsync(Runner.Tag, cancellation)
            && await engine.Volumes.ExistsAsync(volume, cancellation)
            && await IsFilledAsync(volume, cancellation))
            return volume;

        using var phase = new PhaseScope(progress, kernel, Phase.Image, "no guest images for the present runner and init", cancellation: cancellation);
        await engine.Images.EnsureAsync(Runner, phase.Output, cancellation);
        await engine.Volumes.EnsureAsync(volume, new VolumePurpose("what guests boot with"), cancellation);
        await engine.Containers.RunCheckedAsync(
            new ContainerSpec
            {
                Image = Runner.Tag,
                Purpose = "guest-images",
                Phase = Phase.Image,
                Command = ["/opt/faultline/build-guest"],
                // The volume outlives this user's files; its content belongs to root and is read by all.
                User = "0:0",
                Mounts = [ContainerMount.OfVolume(volume, "/guest")],
                Inputs = [ContainerInput.FromHost(GuestFolder, "/input/guest")],
                Deadline = TimeSpan.FromMinutes(5),
            },
            line => phase.Output(line.Text), cancellation);
        phase.Succeed();
        return volume;
    }

    private async Task<bool> IsFilledAsync(string volume, CancellationToken cancellation)
    {
        var exit = await engine.Containers.RunAsync(
            new ContainerSpec
            {
                Image = Runner.Tag,
                Purpose = "guest-check",
                Phase = Phase.Image,
                Command = ["/usr/bin/test", "-e", "/guest/root.erofs"],
                Mounts = [ContainerMount.OfVolume(volume, "/guest", readOnly: true)],
                Deadline = TimeSpan.FromMinutes(1),
            },
            (OutputLine _) => { }, cancellation);
        return exit.Code == 0;
    }
}
