using System.Diagnostics;
using System.Runtime.InteropServices;
using Docker.DotNet;
using Docker.DotNet.Models;
using Faultline.Harness.Docker;

namespace Faultline.Cli.Tests;

/// <summary>The command as the leader of a session of its own, so that it and all it starts can be sent a signal as a terminal does it.</summary>
internal sealed class RunningCommand : IDisposable
{
    private const int Interrupted = 2;
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    public RunningCommand(params string[] arguments)
        : this(engine: null, arguments)
    {
    }

    /// <param name="engine">The engine it talks to; null for the one it finds by itself.</param>
    public RunningCommand(EngineEndpoint? engine, string[] arguments)
    {
        // env: whoever started the tests in the background has SIGINT ignored, and children inherit that.
        var start = new ProcessStartInfo("env") { WorkingDirectory = Command.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--default-signal=INT", "setsid", Command.File, .. arguments])
            start.ArgumentList.Add(argument);
        if (engine is not null)
            start.Environment["DOCKER_HOST"] = engine.Uri.OriginalString;
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Waits until a container of this command runs whose name holds <paramref name="purpose"/>.</summary>
    public async Task ContainerAsync(string purpose, CancellationToken cancellation)
    {
        while (!(await ContainersAsync()).Any(c => c.State == "running" && c.Names.Any(n => n.Contains(purpose, StringComparison.Ordinal))))
        {
            Assert.False(_process.HasExited, $"the command ended before a container '{purpose}' ran:\n{(_process.HasExited ? await _error : "")}");
            await Task.Delay(100, cancellation);
        }
    }

    /// <summary>Its containers, running or not: the label names the process they belong to.</summary>
    public async Task<IReadOnlyList<ContainerListResponse>> ContainersAsync()
    {
        using var client = await ClientAsync();
        var all = await client.Containers.ListContainersAsync(new ContainersListParameters { All = true }, TestContext.Current.CancellationToken);
        return [.. all.Where(c => IsMine(c.Labels))];
    }

    public void Interrupt() => Assert.Equal(0, Kill(-_process.Id, Interrupted));

    public async Task<Command.Result> EndAsync(TimeSpan limit, CancellationToken cancellation)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        source.CancelAfter(limit);
        await _process.WaitForExitAsync(source.Token);
        return new Command.Result(_process.ExitCode, await _output, await _error);
    }

    /// <summary>As <see cref="EndAsync"/>; then, also past the limit, removes the volume of a user's tree that it made. Those of packages are shared and stay.</summary>
    public async Task<Command.Result> EndAndRemoveTreeVolumesAsync(TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            return await EndAsync(limit, cancellation);
        }
        finally
        {
            // A volume in use stays: first its user goes, and connecting removes the containers of one that was killed.
            await KillAsync();
            using var client = await ClientAsync();
            foreach (var volume in (await client.Volumes.ListAsync(new VolumesListParameters(), CancellationToken.None)).Volumes)
            {
                if (volume.Name.StartsWith("faultline-kernel-tree-", StringComparison.Ordinal) && IsMine(volume.Labels))
                    await client.Volumes.RemoveAsync(volume.Name, force: true, CancellationToken.None);
            }
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task KillAsync()
    {
        if (_process.HasExited)
            return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    private static async Task<DockerClient> ClientAsync()
    {
        using var engine = await ContainerEngine.ConnectAsync(CancellationToken.None);
        return new DockerClientBuilder().WithEndpoint(engine.Endpoint.Uri).Build();
    }

    private bool IsMine(IDictionary<string, string>? labels) =>
        labels is not null && labels.TryGetValue("org.faultline.owner", out var owner) && owner.Split('/')[2] == $"{_process.Id}";

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
