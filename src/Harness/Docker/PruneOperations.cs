using Docker.DotNet;
using Docker.DotNet.Models;

namespace Faultline.Harness.Docker;

/// <summary>What a prune did.</summary>
/// <param name="Containers">Names of the containers that are gone.</param>
/// <param name="Volumes">Names of the volumes that are gone.</param>
/// <param name="Images">Tags, or ids, of the images that are gone.</param>
/// <param name="ImageBytes">Their sizes together.</param>
/// <param name="VolumesInUse">Names of the volumes that stay because a run works in them. Where there is one, all images stay as well.</param>
public sealed record PruneResult(
    IReadOnlyList<string> Containers, IReadOnlyList<string> Volumes, IReadOnlyList<string> Images, long ImageBytes, IReadOnlyList<string> VolumesInUse);

/// <summary>
/// Removes what Faultline left with an engine, and nothing else: everything is found by its label. What another live run uses stays: its containers,
/// known by their owner; the volumes that it holds the lock of, whether or not a container has them just now; and while there are such volumes,
/// the images, for the run's next container needs them. A run of another user or machine is known by its containers alone.
/// </summary>
public static class PruneOperations
{
    private const string Everything = ContainerEngine.Label + "=1";

    /// <param name="engine">The engine.</param>
    /// <param name="containersOnly">Keep volumes and images: only what a killed run left behind goes.</param>
    /// <param name="cancellation">Stops between two removals.</param>
    public static Task<PruneResult> PruneAsync(this ContainerEngine engine, bool containersOnly = false, CancellationToken cancellation = default) =>
        engine.PruneAsync(Everything, containersOnly, cancellation);

    /// <summary>As the public call, for what carries another label.</summary>
    internal static async Task<PruneResult> PruneAsync(this ContainerEngine engine, string label, bool containersOnly, CancellationToken cancellation)
    {
        var client = engine.Client;
        var containers = new List<string>();
        foreach (var container in await client.Containers.ListContainersAsync(
            new ContainersListParameters { All = true, Filters = ByLabel(label) }, cancellation).ConfigureAwait(false))
        {
            // Another run is at work in it.
            if (container.Labels?.TryGetValue(OwnerProcess.Label, out var owner) == true && OwnerProcess.IsOther(owner))
                continue;
            if (await GoneAsync(client.Containers.RemoveContainerAsync(
                container.ID, new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, cancellation)).ConfigureAwait(false))
                containers.Add(container.Names?.FirstOrDefault()?.TrimStart('/') ?? container.ID);
        }

        if (containersOnly)
            return new PruneResult(containers, [], [], 0, []);

        var (volumes, inUse) = await PruneVolumesAsync(client, label, cancellation).ConfigureAwait(false);
        var (images, bytes) = inUse.Count > 0 ? ([], 0) : await PruneImagesAsync(client, label, cancellation).ConfigureAwait(false);
        return new PruneResult(containers, volumes, images, bytes, inUse);
    }

    /// <summary>Removes the containers whose process is gone; see <see cref="OwnerProcess"/>.</summary>
    internal static async Task RemoveOrphansAsync(this ContainerEngine engine, CancellationToken cancellation)
    {
        var containers = await engine.Client.Containers.ListContainersAsync(
            new ContainersListParameters { All = true, Filters = ByLabel(Everything) }, cancellation).ConfigureAwait(false);
        foreach (var container in containers)
        {
            if (container.Labels?.TryGetValue(OwnerProcess.Label, out var owner) == true && OwnerProcess.IsGone(owner))
                await GoneAsync(engine.Client.Containers.RemoveContainerAsync(
                    container.ID, new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, cancellation)).ConfigureAwait(false);
        }
    }

    private static async Task<(List<string> Gone, List<string> InUse)> PruneVolumesAsync(DockerClient client, string label, CancellationToken cancellation)
    {
        var (gone, inUse) = (new List<string>(), new List<string>());
        foreach (var volume in (await client.Volumes.ListAsync(
            new VolumesListParameters { Filters = ByLabel(label) }, cancellation).ConfigureAwait(false)).Volumes ?? [])
        {
            using var alone = FileLock.TryTake(VolumeOperations.LockOf(volume.Name));
            // The engine refuses to remove a volume that a container has.
            if (alone is null || !await GoneAsync(client.Volumes.RemoveAsync(volume.Name, force: true, cancellation)).ConfigureAwait(false))
            {
                inUse.Add(volume.Name);
                continue;
            }

            alone.Remove();
            gone.Add(volume.Name);
        }

        return (gone, inUse);
    }

    private static async Task<(List<string> Names, long Bytes)> PruneImagesAsync(DockerClient client, string label, CancellationToken cancellation)
    {
        var names = new List<string>();
        long bytes = 0;

        // Children come before their parents; an image that another still needs is left to the next round.
        for (var progressed = true; progressed;)
        {
            progressed = false;
            var images = await client.Images.ListImagesAsync(new ImagesListParameters { Filters = ByLabel(label) }, cancellation).ConfigureAwait(false);
            foreach (var image in images)
            {
                if (!await GoneAsync(client.Images.DeleteImageAsync(
                    image.ID, new ImageDeleteParameters { Force = true }, cancellation)).ConfigureAwait(false))
                    continue;
                names.Add(image.RepoTags?.FirstOrDefault() ?? image.ID);
                bytes += image.Size;
                progressed = true;
            }
        }

        return (names, bytes);
    }

    private static async Task<bool> GoneAsync(Task removal)
    {
        try
        {
            await removal.ConfigureAwait(false);
            return true;
        }
        catch (DockerApiException e) when (e.StatusCode is System.Net.HttpStatusCode.Conflict or System.Net.HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private static Dictionary<string, IDictionary<string, bool>> ByLabel(string label) =>
        new() { ["label"] = new Dictionary<string, bool> { [label] = true } };
}
