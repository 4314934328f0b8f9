using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text.Json;

namespace Faultline.Harness.Docker;

/// <summary>
/// What the engine's things weigh (<c>GET /system/df</c>). The client library reads the answer of API 1.52 and later alone, and the engines of
/// Debian speak an earlier one.
/// </summary>
/// <param name="Layers">Bytes of all image layers, each counted once.</param>
/// <param name="Volumes">Bytes by volume, as far as the engine tells.</param>
internal sealed record DiskUsage(long Layers, ImmutableDictionary<string, long> Volumes)
{
    private static readonly DiskUsage Unknown = new(0, ImmutableDictionary<string, long>.Empty);

    /// <summary>An engine with many large volumes looks at every file of them.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public long? OfVolume(string name) => Volumes.TryGetValue(name, out var bytes) ? bytes : null;

    /// <summary>Nothing is known where the engine does not answer: sizes are worth a line, not a failure.</summary>
    public static async Task<DiskUsage> OfAsync(ContainerEngine engine, CancellationToken cancellation)
    {
        using var http = Client(engine.Endpoint);
        try
        {
            return Parse(await http.GetStringAsync(new Uri($"/v{engine.Facts.ApiVersion}/system/df", UriKind.Relative), cancellation));
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested
            && e is HttpRequestException or IOException or SocketException or JsonException or OperationCanceledException or InvalidOperationException)
        {
            return Unknown;
        }
    }

    internal static DiskUsage Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var volumes = Items(root, "Volumes").Concat(Items(root, "VolumeUsage", "Items"));
        return new DiskUsage(
            Number(root, "LayersSize") ?? (root.TryGetProperty("ImageUsage", out var images) ? Number(images, "TotalSize") : null) ?? 0,
            volumes.Select(volume => (Name: volume.GetProperty("Name").GetString()!, Bytes: volume.TryGetProperty("UsageData", out var used) ? Number(used, "Size") : null))
                .Where(volume => volume.Bytes >= 0).GroupBy(volume => volume.Name, StringComparer.Ordinal)
                .ToImmutableDictionary(volume => volume.Key, volume => volume.First().Bytes!.Value));
    }

    private static List<JsonElement> Items(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return [];
        }

        return element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : [];
    }

    private static long? Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    private static HttpClient Client(EngineEndpoint endpoint)
    {
        var handler = new SocketsHttpHandler();
        if (endpoint.SocketPath is { } path)
        {
            handler.ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }

        var address = endpoint.SocketPath is null ? new UriBuilder(endpoint.Uri) { Scheme = endpoint.Uri.Scheme == "tcp" ? "http" : endpoint.Uri.Scheme }.Uri : new Uri("http://engine");
        return new HttpClient(handler) { BaseAddress = address, Timeout = Limit };
    }
}
