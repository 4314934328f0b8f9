using Docker.DotNet;
using Docker.DotNet.Models;

namespace Faultline.Harness.Docker;

/// <summary>
/// Removes what Faultline left with an engine, and nothing else. What another live run uses stays: its containers, known by their owner; the
/// volumes that it holds the lock of, whether or not a container has them just now; and while there are such volumes, the images, for the run's
/// next container needs them. A run of another user or machine is known by its containers alone.
/// </summary>
/// <remarks>
/// A container started from an image has the image's labels, and an image built on another has that one's: Faultline's label alone does not say
/// that Faultline made a thing. Its containers carry their own name as a label, and its images the name <c>faultline/…</c>.
/// </remarks>
internal static class PruneOperations
{
    private const string Everything = ContainerEngine.Label + "=1";

    /// <param name="engine">The engine.</param>
    /// <param name="request">What to remove.</param>
    /// <param name="cancellation">Stops between two removals.</param>
    public static Task<PruneResult> PruneAsync(this ContainerEngine engine, PruneRequest request, CancellationToken cancellation = default) =>
        engine.PruneAsync(Everything, request, cancellation);

    /// <summary>Removes what carries another label than Faultline's. Tests use it.</summary>
    internal static async Task<PruneResult> PruneAsync(this ContainerEngine engine, string label, PruneRequest request, CancellationToken cancellation)
    {
        var result = new PruneResult { DryRun = request.DryRun };
        if (request.Scope != PruneScope.StaleVolumes)
            result = result with { Containers = await PruneContainersAsync(engine.Client, label, request.DryRun, cancellation) };
        if (request.Scope == PruneScope.Containers)
            return result;

        var before = await DiskUsage.OfAsync(engine, cancellation);
        var volumes = (await VolumesAsync(engine.Client, label, before, cancellation))
            .Where(volume => volume.IsStale || request.Scope == PruneScope.Everything).ToList();
        var (gone, inUse) = await PruneVolumesAsync(engine.Client, volumes, request.DryRun, cancellation);
        result = result with { Volumes = gone, VolumesInUse = inUse };
        return request.Scope == PruneScope.Everything && inUse.Count == 0
            ? await PruneImagesAsync(engine, label, result, before, cancellation)
            : result;
    }

    /// <summary>Removes the containers whose process is gone; see <see cref="OwnerProcess"/>.</summary>
    internal static async Task RemoveOrphansAsync(this ContainerEngine engine, CancellationToken cancellation)
    {
        foreach (var container in await ContainersAsync(engine.Client, Everything, cancellation))
        {
            if (OwnerOf(container) is { } owner && OwnerProcess.IsGone(owner))
                await ContainerRemoval.RemoveAsync(engine.Client, container.ID, cancellation);
        }
    }

    private static async Task<List<string>> PruneContainersAsync(DockerClient client, string label, bool dryRun, CancellationToken cancellation)
    {
        var gone = new List<string>();
        foreach (var container in await ContainersAsync(client, label, cancellation))
        {
            // Another run is at work in it.
            if (OwnerOf(container) is { } owner && OwnerProcess.IsOther(owner))
                continue;
            if (dryRun || await ContainerRemoval.RemoveAsync(client, container.ID, cancellation))
                gone.Add(container.Labels[ContainerEngine.ContainerLabel]);
        }

        return gone;
    }

    /// <summary>The containers that Faultline started, not those that a person started from one of its images or from a copy of one of these.</summary>
    private static async Task<IEnumerable<ContainerListResponse>> ContainersAsync(DockerClient client, string label, CancellationToken cancellation)
    {
        var labelled = await client.Containers.ListContainersAsync(
            new ContainersListParameters { All = true, Filters = ByLabel(label) }, cancellation);
        return labelled.Where(container => container.Labels?.TryGetValue(ContainerEngine.ContainerLabel, out var name) == true
            && container.Names?.Any(given => given.TrimStart('/') == name) == true);
    }

    private static string? OwnerOf(ContainerListResponse container) => container.Labels.TryGetValue(OwnerProcess.Label, out var owner) ? owner : null;

    private static async Task<IEnumerable<VolumeFacts>> VolumesAsync(DockerClient client, string label, DiskUsage usage, CancellationToken cancellation)
    {
        var volumes = await client.Volumes.ListAsync(new VolumesListParameters { Filters = ByLabel(label) }, cancellation);
        return (volumes.Volumes ?? []).Select(volume => VolumeFacts.Of(volume.Name, volume.Labels, usage.OfVolume(volume.Name)))
            .OrderBy(volume => volume.Name, StringComparer.Ordinal);
    }

    private static async Task<(List<VolumeFacts> Gone, List<string> InUse)> PruneVolumesAsync(
        DockerClient client, IEnumerable<VolumeFacts> volumes, bool dryRun, CancellationToken cancellation)
    {
        var (gone, inUse) = (new List<VolumeFacts>(), new List<string>());
        foreach (var volume in volumes)
        {
            using var held = FileLock.TryTake(VolumeOperations.LockOf(volume.Name));
            // The engine refuses to remove a volume that a container has.
            if (held is null || (!dryRun && !await GoneAsync(client.Volumes.RemoveAsync(volume.Name, force: true, cancellation))))
            {
                inUse.Add(volume.Name);
                continue;
            }

            if (!dryRun)
                held.Remove();
            gone.Add(volume);
        }

        return (gone, inUse);
    }

    /// <summary>
    /// By name and without force: an image that somebody's container or image stands on stays usable for them. Layers without a name that were
    /// below go with the last image on them.
    /// </summary>
    private static async Task<PruneResult> PruneImagesAsync(
        ContainerEngine engine, string label, PruneResult result, DiskUsage before, CancellationToken cancellation)
    {
        var (gone, inUse) = (new List<string>(), new List<string>());
        var images = await engine.Client.Images.ListImagesAsync(new ImagesListParameters { Filters = ByLabel(label) }, cancellation);
        foreach (var tag in images.SelectMany(image => image.RepoTags ?? []).Where(ImageSpec.IsOurs).Order(StringComparer.Ordinal))
        {
            var isGone = result.DryRun || await GoneAsync(engine.Client.Images.DeleteImageAsync(
                tag, new ImageDeleteParameters(), cancellation));
            (isGone ? gone : inUse).Add(tag);
        }

        var after = result.DryRun || gone.Count == 0 ? before : await DiskUsage.OfAsync(engine, cancellation);
        return result with { Images = gone, ImagesInUse = inUse, ImageBytes = Math.Max(0, before.Layers - after.Layers) };
    }

    private static async Task<bool> GoneAsync(Task removal)
    {
        try
        {
            await removal;
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
