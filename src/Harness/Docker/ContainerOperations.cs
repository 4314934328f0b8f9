using System.Diagnostics;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Faultline.Harness.Docker;

/// <summary>Runs containers. Whatever happens (success, failure, cancellation, a deadline), the container is removed before the call returns.</summary>
internal sealed class ContainerOperations
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly ContainerEngine _engine;

    internal ContainerOperations(ContainerEngine engine) => _engine = engine;

    private DockerClient Client => _engine.Client;

    /// <summary>Runs to the end and returns the exit code, whatever it is, handing on each line as it is printed.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="onLine">Called on a thread of the pool, for one line at a time.</param>
    /// <param name="cancellation">Stops and removes the container.</param>
    /// <exception cref="ContainerFailedException">It could not be started, or an output that must exist was not there.</exception>
    /// <exception cref="ContainerDeadlineException">It ran longer than <see cref="ContainerSpec.Deadline"/>.</exception>
    public async Task<ContainerExit> RunAsync(ContainerSpec spec, Action<OutputLine>? onLine = null, CancellationToken cancellation = default)
    {
        var output = new LineSplitter(line => onLine?.Invoke(new OutputLine(OutputStream.StandardOutput, line)));
        var error = new LineSplitter(line => onLine?.Invoke(new OutputLine(OutputStream.StandardError, line)));
        try
        {
            return await RunAsync(spec, (stream, bytes) => (stream == OutputStream.StandardOutput ? output : error).Write(bytes.Span), cancellation);
        }
        finally
        {
            output.Complete();
            error.Complete();
        }
    }

    /// <summary>Like see cref="RunAsync(ContainerSpec, Action{OutputLine}, CancellationToken)"/>, handing on raw bytes; the memory is valid during the call only.</summary>
    public async Task<ContainerExit> RunAsync(
        ContainerSpec spec, Action<OutputStream, ReadOnlyMemory<byte>> onBytes, CancellationToken cancellation = default)
    {
        var name = NameOf(spec);
        var tail = new LineTail(spec.TailLines);
        string? id = null;
        try
        {
            id = await CreateAsync(spec, name, cancellation);
            foreach (var input in spec.Inputs)
                await _engine.CopyInAsync(id, input, cancellation);
            var exit = await StartAndFollowAsync(spec, name, id, onBytes, tail, cancellation);
            if (exit.Code == 0)
                await _engine.CopyOutAsync(id, name, spec.Phase, spec.Outputs, tail, cancellation);
            return exit;
        }
        catch (Exception e) when (IsEngines(e, cancellation))
        {
            throw Failed(spec, name, tail.ToList(), e);
        }
        finally
        {
            await _engine.RemoveContainerAsync(id ?? name);
        }
    }

    /// <summary>Like see cref="RunAsync(ContainerSpec, Action{OutputLine}, CancellationToken)"/>, but any exit code other than 0 is an exception.</summary>
    /// <exception cref="ContainerFailedException">The exit code was not 0.</exception>
    public async Task<ContainerExit> RunCheckedAsync(ContainerSpec spec, Action<OutputLine>? onLine = null, CancellationToken cancellation = default)
    {
        var exit = await RunAsync(spec, onLine, cancellation);
        if (exit.Code == 0)
            return exit;
        var last = exit.Tail.Count == 0 ? "It printed nothing." : "Its last lines:\n" + string.Join('\n', exit.Tail.TakeLast(15).Select(l => "  " + l));
        throw new ContainerFailedException(
            $"{spec.Phase}: '{string.Join(' ', spec.Command.Take(3))}' in container {exit.Name} {(exit.Killer is { } killer ? $"did not come to its end: {killer}" : $"ended with exit code {exit.Code}.")} {last}",
            spec.Phase, exit.Name, exit.Code, exit.Tail);
    }

    /// <summary>Starts a container in which programs run one after the other; the command of <paramref name="spec"/> is not used.</summary>
    /// <exception cref="ContainerFailedException">It could not be started.</exception>
    public async Task<OpenContainer> OpenAsync(ContainerSpec spec, CancellationToken cancellation = default)
    {
        var name = NameOf(spec);
        string? id = null;
        try
        {
            var idle = spec with { Command = OpenContainer.Idle, StandardInput = default(ReadOnlyMemory<byte>) };
            id = await CreateAsync(idle, name, cancellation);
            foreach (var input in spec.Inputs)
                await _engine.CopyInAsync(id, input, cancellation);
            var attach = new ContainerAttachParameters { Stream = true, Stdin = true };
            var streams = await Client.Containers.AttachContainerAsync(id, attach, cancellation);
            await Client.Containers.StartContainerAsync(id, new ContainerStartParameters(), cancellation);
            return new OpenContainer(_engine, name, id, streams);
        }
        catch (Exception e)
        {
            await _engine.RemoveContainerAsync(id ?? name);
            if (IsEngines(e, cancellation))
                throw Failed(spec, name, [], e);
            throw;
        }
    }

    private static string NameOf(ContainerSpec spec)
    {
        // A release may hold what no container's name does: 6.12.113+deb12.
        var purpose = string.Concat(spec.Purpose.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' ? c : '-'));
        return $"faultline-{purpose}-{Guid.NewGuid().ToString("N")[..8]}";
    }

    /// <summary>Whether a failure is the engine's, not the caller's wish and not a full disk's, of which others say more.</summary>
    internal static bool IsEngines(Exception failure, CancellationToken cancellation) =>
        failure is DockerApiException or HttpRequestException or IOException
        && !cancellation.IsCancellationRequested && StorageFailure.Advice(failure) is null;

    /// <summary>What the engine answered is told in its words; where it answered no more, that is what matters.</summary>
    private ContainerFailedException Failed(ContainerSpec spec, string name, IReadOnlyList<string> tail, Exception failure) => new(
        failure is DockerApiException
            ? $"{spec.Phase}: the engine could not run container {name} from image {spec.Image}: {EngineMessage.Of(failure)}"
            : $"{spec.Phase}: the engine at {_engine.Endpoint.Uri} went away under container {name} ({EngineMessage.Of(failure)}). "
                + "See that it runs ('faultline doctor'), then run again.",
        spec.Phase, name, null, tail, failure)
    {
        IsEngineLost = failure is not DockerApiException,
    };

    private async Task<string> CreateAsync(ContainerSpec spec, string name, CancellationToken cancellation)
    {
        var parameters = ContainerRequest.Of(spec, name, _engine);
        var created = await Client.Containers.CreateContainerAsync(parameters, cancellation);
        return created.ID;
    }

    private async Task<ContainerExit> StartAndFollowAsync(
        ContainerSpec spec, string name, string id, Action<OutputStream, ReadOnlyMemory<byte>> onBytes, LineTail tail, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var attach = new ContainerAttachParameters { Stream = true, Stdout = true, Stderr = true, Stdin = spec.HasStandardInput };
        using var streams = await Client.Containers.AttachContainerAsync(id, attach, cancellation);
        var clock = Stopwatch.StartNew();
        await Client.Containers.StartContainerAsync(id, new ContainerStartParameters(), cancellation);
        // No timer takes more; a hundred thousand rounds of a suite are given that.
        if (spec.Deadline is { } limit && limit < LongestTimer)
            deadline.CancelAfter(limit);
        using var fed = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
        try
        {
            spec.Started?.Invoke(new RunningContainer(_engine, id));
            var feeding = ContainerInputStream.FeedAsync(streams, spec.StandardInput, spec.FeedStandardInput, spec.LeavesInput, fed.Token);
            await ContainerOutputStreams.FollowAsync(streams, onBytes, tail, deadline.Token);
            if (spec.LeavesInput)
                await fed.CancelAsync();
            await feeding;
            return await ExitAsync(name, id, tail, clock, deadline.Token);
        }
        catch (Exception) when (deadline.IsCancellationRequested)
        {
            // The attached stream may fail in any way once its token fires; what counts is why it fired.
            await StopAsync(id, spec.StopGrace);
            cancellation.ThrowIfCancellationRequested();
            throw new ContainerDeadlineException(name, spec.Phase, spec.Deadline ?? default, tail.ToList());
        }
    }

    private async Task<ContainerExit> ExitAsync(string name, string id, LineTail tail, Stopwatch clock, CancellationToken cancellation)
    {
        var code = ContainerKillers.Sigkill;
        string? killer;
        try
        {
            code = (int)(await Client.Containers.WaitContainerAsync(id, cancellation)).StatusCode;
            var oom = code == ContainerKillers.Sigkill
                && (await Client.Containers.InspectContainerAsync(id, cancellation)).State?.OOMKilled == true;
            killer = ContainerKillers.Of(name, code, oom);
        }
        catch (DockerApiException e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            killer = ContainerKillers.Removed(name);
        }

        return new ContainerExit(name, code, clock.Elapsed.TotalSeconds, tail.ToList()) { Killer = killer };
    }

    /// <summary>SIGTERM, then SIGKILL. Runs after a cancellation, hence without the caller's token but within a limit of its own.</summary>
    private async Task StopAsync(string id, TimeSpan grace)
    {
        using var limit = new CancellationTokenSource(grace + ContainerRemoval.Limit);
        try
        {
            var parameters = new ContainerStopParameters { WaitBeforeKillSeconds = (uint)Math.Ceiling(grace.TotalSeconds) };
            await Client.Containers.StopContainerAsync(id, parameters, limit.Token);
        }
        catch (Exception e) when (e is DockerApiException or HttpRequestException or IOException or OperationCanceledException)
        {
            // Removal, which comes next, kills it.
        }
    }
}
