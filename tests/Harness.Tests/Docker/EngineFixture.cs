using Docker.DotNet;
using ContainersListParameters = Docker.DotNet.Models.ContainersListParameters;
using Faultline.Harness.Docker;
using Faultline.Harness.Progress;
using Faultline.Harness.Tests.Docker;

[assembly: AssemblyFixture(typeof(EngineFixture))]

namespace Faultline.Harness.Tests.Docker;

/// <summary>A connection made at the first use, shared by all tests; tests that need no engine never pay for it.</summary>
public sealed class EngineFixture : IAsyncDisposable
{
    private readonly Lazy<Task<(ContainerEngine Engine, string Image)>> _ready = new(async () =>
    {
        var engine = await ContainerEngine.ConnectAsync();
        var image = await new BaseImage(RepositoryRoot.Of("images", "bookworm")).EnsureAsync(engine);
        return (engine, image.Tag);
    });

    internal async Task<ContainerEngine> EngineAsync() => (await _ready.Value).Engine;

    /// <summary>A container of the base image that runs a shell script.</summary>
    internal async Task<ContainerSpec> ShellAsync(string script, string purpose = "test") => new()
    {
        Image = (await _ready.Value).Image,
        Purpose = purpose,
        Phase = Phase.Image,
        Command = ["/bin/sh", "-c", script],
    };

    /// <summary>The containers, running or not, whose name holds <paramref name="purpose"/>, as the engine itself lists them.</summary>
    public async Task<IReadOnlyList<string>> ContainersAsync(string purpose)
    {
        using var client = new DockerClientBuilder().WithEndpoint((await EngineAsync()).Endpoint.Uri).Build();
        var all = await client.Containers.ListContainersAsync(new ContainersListParameters { All = true });
        return [.. all.SelectMany(c => c.Names).Where(n => n.Contains(purpose, StringComparison.Ordinal))];
    }

    /// <summary>Does what another program, or a person, may do to a running container.</summary>
    public async Task RemoveContainersAsync(string purpose)
    {
        using var client = new DockerClientBuilder().WithEndpoint((await EngineAsync()).Endpoint.Uri).Build();
        foreach (var name in await ContainersAsync(purpose))
            await client.Containers.RemoveContainerAsync(name.TrimStart('/'), new global::Docker.DotNet.Models.ContainerRemoveParameters { Force = true });
    }

    /// <summary>Kills the container's first program; with <paramref name="program"/>, signals every one whose name begins so.</summary>
    public async Task KillAsync(string purpose, string? program = null, string signal = "KILL")
    {
        using var client = new DockerClientBuilder().WithEndpoint((await EngineAsync()).Endpoint.Uri).Build();
        var name = Assert.Single(await ContainersAsync(purpose)).TrimStart('/');
        if (program is null)
        {
            await client.Containers.KillContainerAsync(name, new global::Docker.DotNet.Models.ContainerKillParameters());
            return;
        }

        var script =
            $"for p in /proc/[0-9]*; do read -r name < $p/comm; case $name in {program}*) kill -{signal} ${{p#/proc/}} ;; esac; done";
        var exec = await client.Exec.CreateContainerExecAsync(name, new global::Docker.DotNet.Models.ContainerExecCreateParameters { Cmd = ["/bin/sh", "-c", script] });
        await client.Exec.StartContainerExecAsync(exec.ID, new global::Docker.DotNet.Models.ContainerExecStartParameters { Detach = true });
    }

    public async ValueTask DisposeAsync()
    {
        if (_ready.IsValueCreated && _ready.Value.IsCompletedSuccessfully)
            (await _ready.Value).Engine.Dispose();
    }
}
