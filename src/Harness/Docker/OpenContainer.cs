using System.Diagnostics;
using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Faultline.Harness.Docker;

/// <summary>
/// A container in which programs run one after the other, each with what the one before left there. Its own program only waits for the end
/// of its standard input: it ends when whoever opened it is gone, however that came about. Removed when it is disposed.
/// </summary>
internal sealed class OpenContainer(ContainerEngine engine, string name, string id, MultiplexedStream streams) : IAsyncDisposable
{
    /// <summary>What the container itself runs.</summary>
    internal static readonly IReadOnlyList<string> Idle = ["cat"];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Runs a program to its end and returns the exit code, whatever it is, handing on each line as it is printed.</summary>
    /// <param name="step">What to run.</param>
    /// <param name="onLine">Called on a thread of the pool, for one line at a time.</param>
    /// <param name="cancellation">Removes the container, with all that runs in it.</param>
    /// <exception cref="ContainerFailedException">It could not be started, or an output that must exist was not there.</exception>
    public async Task<ContainerExit> RunAsync(ContainerStep step, Action<OutputLine> onLine, CancellationToken cancellation = default)
    {
        var tail = new LineTail(step.TailLines);
        try
        {
            foreach (var input in step.Inputs)
                await engine.CopyInAsync(id, input, cancellation);
            var exit = await StartAndFollowAsync(step, onLine, tail, cancellation);
            if (exit.Code == 0)
                await engine.CopyOutAsync(id, name, step.Phase, step.Outputs, tail, cancellation);
            return exit;
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            // The attached stream may fail in any way once its token fires; what counts is why it fired.
            await engine.RemoveContainerAsync(id);
            throw new OperationCanceledException(cancellation);
        }
        catch (DockerApiException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            return new ContainerExit(name, ContainerKillers.Sigkill, 0, tail.ToList()) { Killer = ContainerKillers.Removed(name) };
        }
        catch (Exception e) when (ContainerOperations.IsEngines(e, cancellation))
        {
            var command = string.Join(' ', step.Command.Take(3));
            throw new ContainerFailedException(
                $"{step.Phase}: the engine could not run '{command}' in container {name}: {EngineMessage.Of(e)}",
                step.Phase, name, null, tail.ToList(), e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        streams.Dispose();
        await engine.RemoveContainerAsync(id);
    }

    private async Task<ContainerExit> StartAndFollowAsync(
        ContainerStep step, Action<OutputLine> onLine, LineTail tail, CancellationToken cancellation)
    {
        var output = new LineSplitter(line => onLine(new OutputLine(OutputStream.StandardOutput, line)));
        var error = new LineSplitter(line => onLine(new OutputLine(OutputStream.StandardError, line)));
        var clock = Stopwatch.StartNew();
        var created = await engine.Client.Exec.CreateContainerExecAsync(
            id,
            new ContainerExecCreateParameters
            {
                AttachStdin = step.FeedStandardInput is not null,
                AttachStdout = true,
                AttachStderr = true,
                Cmd = [.. step.Command],
                Env = [.. step.Environment.Select(e => $"{e.Key}={e.Value}")],
                User = engine.CallingUser ?? "",
            },
            cancellation);
        using var attached = await engine.Client.Exec.StartContainerExecAsync(created.ID, new ContainerExecStartParameters(), cancellation);
        var feeding = ContainerInputStream.FeedAsync(attached, null, step.FeedStandardInput, leavesInput: false, cancellation);
        await ContainerOutputStreams.FollowAsync(
            attached, (stream, bytes) => (stream == OutputStream.StandardOutput ? output : error).Write(bytes.Span), tail, cancellation);
        output.Complete();
        error.Complete();
        await feeding;
        return await ExitAsync(created.ID, tail, clock, cancellation);
    }

    private async Task<ContainerExit> ExitAsync(string exec, LineTail tail, Stopwatch clock, CancellationToken cancellation)
    {
        var end = await engine.Client.Exec.InspectContainerExecAsync(exec, cancellation);
        // Its streams end a moment before the engine has its code.
        while (end.Running)
        {
            await Task.Delay(Pause, cancellation);
            end = await engine.Client.Exec.InspectContainerExecAsync(exec, cancellation);
        }

        var code = (int)(end.ExitCode ?? ContainerKillers.Sigkill);
        var outOfMemory = code == ContainerKillers.Sigkill
            && (await engine.Client.Containers.InspectContainerAsync(id, cancellation)).State?.OOMKilled == true;
        return new ContainerExit(name, code, clock.Elapsed.TotalSeconds, tail.ToList())
        {
            Killer = ContainerKillers.Of(name, code, outOfMemory),
        };
    }
}
