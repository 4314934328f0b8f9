using System.Runtime.InteropServices;
using Docker.DotNet;
using Docker.DotNet.Models;
using Faultline.Harness.Inputs;
using Faultline.Machine;

namespace Faultline.Harness.Docker;

/// <summary>
/// A connection to a Docker or podman engine. Everything made through it carries the labels <c>org.faultline=1</c> and
/// <c>org.faultline.run</c>, so that <see cref="PruneOperations"/> finds it again.
/// </summary>
internal sealed class ContainerEngine : IDisposable
{
    public const string Label = "org.faultline";
    public const string RunLabel = "org.faultline.run";

    /// <summary>
    /// On every container that Faultline starts: the container's own name. A container that a person starts from one of the images, or from a
    /// copy of such a container, inherits labels, but not the name.
    /// </summary>
    public const string ContainerLabel = "org.faultline.container";

    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(10);

    private ContainerEngine(DockerClient client, EngineEndpoint endpoint, EngineFacts facts)
    {
        Client = client;
        Endpoint = endpoint;
        Facts = facts;
        RunId = Guid.NewGuid().ToString("N")[..12];
        Images = new ImageOperations(this);
        Containers = new ContainerOperations(this);
        Volumes = new VolumeOperations(this);
    }

    /// <summary>The address at which the engine answers.</summary>
    public EngineEndpoint Endpoint { get; }

    /// <summary>What the engine says of itself.</summary>
    public EngineFacts Facts { get; }

    /// <summary>Twelve hexadecimal digits that name this process's containers.</summary>
    public string RunId { get; }

    public ImageOperations Images { get; }

    public ContainerOperations Containers { get; }

    public VolumeOperations Volumes { get; }

    internal DockerClient Client { get; }

    /// <summary>The labels of everything made by this run.</summary>
    internal Dictionary<string, string> Labels()
    {
        var labels = new Dictionary<string, string> { [Label] = "1", [RunLabel] = RunId };
        if (OwnerProcess.Current is { } owner)
            labels[OwnerProcess.Label] = owner;
        return labels;
    }

    /// <summary>
    /// The user a container should run as: the caller's <c>uid:gid</c>. Null (the image's user, root) on a rootless engine, where
    /// root inside is the caller outside and another id would map to one of the caller's subordinate ids.
    /// </summary>
    public string? CallingUser => Facts.Rootless ? null : $"{CurrentUser.Id}:{CurrentUser.GroupId}";

    /// <summary>Eight hexadecimal digits of the calling user, for the name of a volume whose files belong to one.</summary>
    public string Owner => InputHash.Of(AddOwner)[..8];

    /// <summary>What separates this user's volumes from those of others of the same engine.</summary>
    public void AddOwner(InputHash hash) => hash.Add("user", CallingUser ?? "root");

    /// <summary>Connects to the first engine that answers, and removes the containers of Faultline processes that were killed.</summary>
    /// <exception cref="EngineUnavailableException">None does.</exception>
    public static Task<ContainerEngine> ConnectAsync(CancellationToken cancellation = default) =>
        ConnectAsync(EndpointResolver.Candidates(Environment.GetEnvironmentVariable, CurrentUser.Id), cancellation);

    /// <inheritdoc cref="ConnectAsync(CancellationToken)"/>
    public static async Task<ContainerEngine> ConnectAsync(IReadOnlyList<EngineEndpoint> candidates, CancellationToken cancellation = default)
    {
        var attempts = new List<EndpointAttempt>();
        foreach (var candidate in candidates)
        {
            if (candidate.SocketPath is { } path && !File.Exists(path))
            {
                attempts.Add(new EndpointAttempt(candidate, "no such socket"));
                continue;
            }

            var client = new DockerClientBuilder().WithEndpoint(candidate.Uri).WithTimeout(Timeout.InfiniteTimeSpan).Build();
            try
            {
                var engine = new ContainerEngine(client, candidate, await ProbeAsync(client, candidate, cancellation));
                await engine.RemoveOrphansAsync(cancellation);
                return engine;
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                client.Dispose();
                attempts.Add(new EndpointAttempt(candidate, Explain(e)));
            }
        }

        throw new EngineUnavailableException(Describe(attempts), attempts);
    }

    public void Dispose()
    {
        Images.Dispose();
        Client.Dispose();
    }

    private static async Task<EngineFacts> ProbeAsync(DockerClient client, EngineEndpoint endpoint, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ProbeLimit);
        var version = await client.System.GetVersionAsync(limit.Token).WaitAsync(limit.Token);
        var info = await client.System.GetSystemInfoAsync(limit.Token).WaitAsync(limit.Token);
        return new EngineFacts(
            version.Version ?? "unknown",
            version.APIVersion ?? "unknown",
            IsRootless(info, version, endpoint),
            info.DockerRootDir ?? "",
            (int)info.NCPU,
            info.MemTotal);
    }

    /// <summary>podman's security options do not say it: its socket belongs to the user who runs it.</summary>
    private static bool IsRootless(SystemInfoResponse info, VersionResponse version, EngineEndpoint endpoint) =>
        info.SecurityOptions?.Any(option => option.Contains("rootless", StringComparison.Ordinal)) == true
        || (version.Components?.Any(part => part.Name == "Podman Engine") == true
            && endpoint.SocketPath is { } socket && FileKinds.OwnerOf(socket) is > 0);

    private static string Explain(Exception e) => e switch
    {
        OperationCanceledException => $"no answer within {ProbeLimit.TotalSeconds:0} s",
        _ when e.GetBaseException() is System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.AccessDenied } =>
            "permission denied",
        _ => e.GetBaseException().Message,
    };

    private static string Describe(List<EndpointAttempt> attempts)
    {
        var tried = string.Join("\n", attempts.Select(a => $"  {a.Endpoint.Uri} ({a.Endpoint.Origin}): {a.Outcome}"));
        var advice = attempts.Any(a => a.Outcome == "permission denied")
            ? "Add your user to the engine's group (usermod -aG docker $USER, then log in again) or use a rootless engine."
            : attempts is [{ Endpoint.Unchoosing: { } unchoosing }]
                ? $"No other is tried while this one is chosen: start it, or {unchoosing}."
            : "Start one (systemctl start docker, or dockerd), install one (apt install docker.io), or set DOCKER_HOST to the one to use.";
        return $"No container engine answered. Tried:\n{tried}\n{advice}";
    }
}

/// <summary>What an engine says of itself.</summary>
/// <param name="Version">The engine's version, for example <c>20.10.24</c>.</param>
/// <param name="ApiVersion">The newest API it speaks.</param>
/// <param name="Rootless">It runs as an ordinary user.</param>
/// <param name="RootFolder">Where it keeps images and volumes, on its own machine.</param>
/// <param name="Processors">CPUs.</param>
/// <param name="MemoryBytes">Memory in bytes.</param>
internal sealed record EngineFacts(string Version, string ApiVersion, bool Rootless, string RootFolder, int Processors, long MemoryBytes);
