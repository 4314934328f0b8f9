using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Faultline.Harness.Docker;

/// <summary>An address at which an engine may listen.</summary>
/// <param name="Uri"><c>unix://</c>, <c>tcp://</c>, <c>http://</c> or <c>https://</c>.</param>
/// <param name="Origin">Why it is tried, in words for people: <c>DOCKER_HOST</c>, <c>context 'lab'</c>, <c>rootless socket</c>.</param>
internal sealed record EngineEndpoint(Uri Uri, string Origin)
{
    /// <summary>How the user takes the choice of it back, in words that follow "or"; null for one that nobody chose.</summary>
    public string? Unchoosing { get; init; }

    /// <summary>The socket's path for <c>unix://</c>, else null.</summary>
    public string? SocketPath => Uri.Scheme == "unix" ? Uri.LocalPath : null;
}

/// <summary>What came of one endpoint.</summary>
internal sealed record EndpointAttempt(EngineEndpoint Endpoint, string Outcome);

/// <summary>
/// Where to look for an engine, in the order of the docker command line: <c>DOCKER_HOST</c>, then the context named by
/// <c>DOCKER_CONTEXT</c> or by <c>currentContext</c> of config.json. Either is obeyed alone. Without them the usual sockets are tried:
/// rootless Docker, Docker, podman of the user, podman of the system.
/// </summary>
internal static class EndpointResolver
{
    /// <param name="environment">Looks up an environment variable; null when it is not set.</param>
    /// <param name="user">Whose sockets are looked for where XDG_RUNTIME_DIR is not set, as under su or cron; root has none.</param>
    /// <exception cref="EngineUnavailableException">The selected address or context cannot be understood.</exception>
    public static IReadOnlyList<EngineEndpoint> Candidates(Func<string, string?> environment, uint user)
    {
        if (environment("DOCKER_HOST") is { Length: > 0 } host)
            return [new EngineEndpoint(Parse(host, "DOCKER_HOST"), "DOCKER_HOST") { Unchoosing = "unset DOCKER_HOST" }];

        var configFolder = environment("DOCKER_CONFIG") is { Length: > 0 } folder
            ? folder
            : Path.Combine(environment("HOME") ?? "/", ".docker");
        if (SelectedContext(environment, configFolder) is { } context)
            return [ContextEndpoint(configFolder, context)];

        var candidates = new List<EngineEndpoint>();
        var runtime = environment("XDG_RUNTIME_DIR") is { Length: > 0 } named ? named : user == 0 ? null : $"/run/user/{user}";
        if (runtime is not null)
        {
            candidates.Add(Socket(Path.Combine(runtime, "docker.sock"), "rootless Docker socket"));
            candidates.Add(Socket("/var/run/docker.sock", "Docker socket"));
            candidates.Add(Socket(Path.Combine(runtime, "podman/podman.sock"), "podman socket of the user"));
        }
        else
        {
            candidates.Add(Socket("/var/run/docker.sock", "Docker socket"));
        }

        candidates.Add(Socket("/run/podman/podman.sock", "podman socket"));
        return candidates;
    }

    private static EngineEndpoint Socket(string path, string origin) => new(new Uri("unix://" + path), origin);

    private static string? SelectedContext(Func<string, string?> environment, string configFolder)
    {
        var name = environment("DOCKER_CONTEXT");
        var config = Path.Combine(configFolder, "config.json");
        if (string.IsNullOrEmpty(name) && File.Exists(config))
        {
            try
            {
                using var json = JsonDocument.Parse(File.ReadAllBytes(config));
                name = json.RootElement.TryGetProperty("currentContext", out var current) ? current.GetString() : null;
            }
            catch (JsonException e)
            {
                throw Unusable($"{config} is not valid JSON: {e.Message} Correct it, or set DOCKER_HOST.", e);
            }
        }

        // "default" is the docker command line's word for "no context".
        return string.IsNullOrEmpty(name) || name == "default" ? null : name;
    }

    private static EngineEndpoint ContextEndpoint(string configFolder, string name)
    {
        // The store's folder names are the SHA-256 of the context's name (docker/cli, cli/context/store).
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        var file = Path.Combine(configFolder, "contexts", "meta", digest, "meta.json");
        if (!File.Exists(file))
            throw Unusable($"The docker context '{name}' is selected but {file} does not exist. Run 'docker context ls', or set DOCKER_HOST.");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var host = json.RootElement.GetProperty("Endpoints").GetProperty("docker").GetProperty("Host").GetString();
            var origin = $"docker context '{name}'";
            return new EngineEndpoint(Parse(host ?? "", origin), origin) { Unchoosing = "choose another (docker context use default)" };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Unusable($"{file} names no docker endpoint: {e.Message} Recreate the context '{name}', or set DOCKER_HOST.", e);
        }
    }

    private static Uri Parse(string text, string origin)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("unix" or "tcp" or "http" or "https"))
            throw Unusable($"{origin} is '{text}', which is not an address Faultline can use: give unix:///path, tcp://host:port or https://host:port.");
        return uri;
    }

    private static EngineUnavailableException Unusable(string message, Exception? inner = null) => new(message, [], inner);
}
