using Docker.DotNet;
using Docker.DotNet.Models;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Docker;

/// <summary>What is done with a container besides running it: files go in and come out, and it is removed.</summary>
internal static class ContainerFiles
{
    /// <summary>Copies a file or folder in; the container may run.</summary>
    public static async Task CopyInAsync(this ContainerEngine engine, string id, ContainerInput input, CancellationToken cancellation)
    {
        var (folder, name) = (Path.GetDirectoryName(input.ContainerPath)!, Path.GetFileName(input.ContainerPath));
        using var archive = TarArchive.Pack(input, name, engine.CallingUser);
        var target = new CopyToContainerParameters { Path = folder, AllowOverwriteDirWithFile = false };
        await engine.Client.Containers.ExtractArchiveToContainerAsync(id, target, archive, cancellation);
    }

    /// <summary>Copies out what a program that ended well has left.</summary>
    /// <exception cref="ContainerFailedException">An output that must exist is not there.</exception>
    public static async Task CopyOutAsync(
        this ContainerEngine engine, string id, string name, Phase phase, IReadOnlyList<ContainerOutput> outputs, LineTail tail,
        CancellationToken cancellation)
    {
        foreach (var output in outputs)
        {
            try
            {
                var answer = await engine.Client.Containers.GetArchiveFromContainerAsync(
                    id, new ContainerPathStatParameters { Path = output.ContainerPath }, false, cancellation);
                await using var stream = new DownloadStream(answer.Stream!);
                await TarArchive.UnpackAsync(stream, output.HostPath, cancellation);
            }
            catch (DockerApiException e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
            {
                if (output.Optional)
                    continue;
                throw new ContainerFailedException(
                    $"{phase}: container {name} ended well but left no {output.ContainerPath}.", phase, name, 0, tail.ToList(), e);
            }
        }
    }

    /// <summary>Kills and removes; never fails, for it comes last, and what is left carries the label by which a prune finds it.</summary>
    public static async Task RemoveContainerAsync(this ContainerEngine engine, string idOrName)
    {
        using var limit = new CancellationTokenSource(ContainerRemoval.Limit);
        try
        {
            await ContainerRemoval.RemoveAsync(engine.Client, idOrName, limit.Token);
        }
        catch (Exception e) when (e is DockerApiException or HttpRequestException or IOException or OperationCanceledException)
        {
            // Never hide the error that led here.
        }
    }
}
