using Docker.DotNet;
using Docker.DotNet.Models;

namespace Faultline.Harness.Docker;

/// <summary>A container whose program runs, for who has more to do in it. It has the same restrictions for all of its programs.</summary>
internal sealed class RunningContainer(ContainerEngine engine, string id)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Starts another program, with streams as its standard input and output, until it ends.</summary>
    /// <exception cref="DockerApiException">The engine does not start it; the container may be gone.</exception>
    public async Task JoinAsync(IReadOnlyList<string> command, Stream input, Stream output, CancellationToken cancellation)
    {
        var created = await engine.Client.Exec.CreateContainerExecAsync(
            id,
            new ContainerExecCreateParameters
            {
                AttachStdin = true, AttachStdout = true, Cmd = [.. command], User = engine.CallingUser ?? "",
            },
            cancellation);
        using var streams = await engine.Client.Exec.StartContainerExecAsync(created.ID, new ContainerExecStartParameters(), cancellation);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var feeding = FeedAsync(streams, input, ended.Token);
        await FollowAsync(streams, output, cancellation);
        await ended.CancelAsync();
        await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task FeedAsync(MultiplexedStream streams, Stream input, CancellationToken cancellation)
    {
        var buffer = new byte[BufferSize];
        int count;
        while ((count = await input.ReadAsync(buffer, cancellation)) > 0)
            await streams.WriteAsync(buffer, 0, count, cancellation);
        streams.CloseWrite();
    }

    private static async Task FollowAsync(MultiplexedStream streams, Stream output, CancellationToken cancellation)
    {
        var buffer = new byte[BufferSize];
        while (await streams.ReadOutputAsync(buffer, 0, buffer.Length, cancellation).WaitAsync(cancellation) is { EOF: false } read)
        {
            await output.WriteAsync(buffer.AsMemory(0, read.Count), cancellation);
            await output.FlushAsync(cancellation);
        }
    }
}
