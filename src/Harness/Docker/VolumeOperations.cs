using Docker.DotNet;
using Docker.DotNet.Models;

namespace Faultline.Harness.Docker;

/// <summary>Named volumes: what outlives containers (prepared sources, objects, the compiler's cache).</summary>
internal sealed class VolumeOperations
{
    private readonly ContainerEngine _engine;

    internal VolumeOperations(ContainerEngine engine) => _engine = engine;

    /// <summary>
    /// The file that is locked by whoever works in the volume: exclusively, or shared where several may. A prune leaves a locked volume alone,
    /// also between two containers.
    /// </summary>
    internal static string LockOf(string name) => Path.Combine(LockFolder.Path, $"{name}.lock");

    /// <summary>
    /// Makes the volume unless it exists. On its first mount the engine copies the image's folder at that place into it, mode and owner
    /// included, so an image that keeps the folder at mode 1777 gives a volume that any user can write.
    /// </summary>
    public async Task EnsureAsync(string name, VolumePurpose purpose, CancellationToken cancellation = default) =>
        await _engine.Client.Volumes.CreateAsync(
            new VolumesCreateParameters { Name = name, Labels = purpose.AddTo(_engine.Labels()) }, cancellation);

    /// <summary>The volumes from which others of one borrower may begin (<see cref="VolumePurpose.Lends"/>), by name.</summary>
    public async Task<IReadOnlyList<string>> LendersAsync(string borrower, CancellationToken cancellation = default)
    {
        var filters = new Dictionary<string, IDictionary<string, bool>>
        {
            ["label"] = new Dictionary<string, bool> { [$"{VolumePurpose.LendsLabel}={borrower}"] = true },
        };
        var found = await _engine.Client.Volumes.ListAsync(new VolumesListParameters { Filters = filters }, cancellation);
        return [.. (found.Volumes ?? []).Select(volume => volume.Name).Order(StringComparer.Ordinal)];
    }

    public async Task<bool> ExistsAsync(string name, CancellationToken cancellation = default)
    {
        try
        {
            await _engine.Client.Volumes.InspectAsync(name, cancellation);
            return true;
        }
        catch (DockerApiException e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Removes the volume; nothing happens when it does not exist.</summary>
    public async Task RemoveAsync(string name, CancellationToken cancellation = default)
    {
        try
        {
            await _engine.Client.Volumes.RemoveAsync(name, force: true, cancellation);
        }
        catch (DockerApiException e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
        }
    }
}
