using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Faultline.Harness.Docker;

/// <summary>Removes containers so that none is listed any more when the call returns, whoever else removes it at the same time.</summary>
internal static class ContainerRemoval
{
    /// <summary>How long a removal may take that nobody can cancel.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Kills and removes a container and its anonymous volumes.</summary>
    /// <param name="client">The engine's client.</param>
    /// <param name="idOrName">The container.</param>
    /// <param name="cancellation">Ends the wait for somebody else's removal.</param>
    /// <returns>True where this call removed it, false where it was gone already or somebody else's removal was under way.</returns>
    public static async Task<bool> RemoveAsync(DockerClient client, string idOrName, CancellationToken cancellation)
    {
        try
        {
            var parameters = new ContainerRemoveParameters { Force = true, RemoveVolumes = true };
            await client.Containers.RemoveContainerAsync(idOrName, parameters, cancellation);
            return true;
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.Conflict)
        {
            // "removal of container … is already in progress": the engine lists it until that is done.
            while (await ExistsAsync(client, idOrName, cancellation))
                await Task.Delay(Pause, cancellation);
            return false;
        }
    }

    private static async Task<bool> ExistsAsync(DockerClient client, string idOrName, CancellationToken cancellation)
    {
        try
        {
            await client.Containers.InspectContainerAsync(idOrName, cancellation);
            return true;
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
