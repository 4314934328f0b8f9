using System.Text.Json;
using Docker.DotNet;

namespace Faultline.Harness.Docker;

/// <summary>The engine's own words for an error, without the client's wrapping.</summary>
internal static class EngineMessage
{
    public static string Of(Exception e)
    {
        if (e is not DockerApiException { ResponseBody: { Length: > 0 } body })
            return e.GetBaseException().Message;
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("message", out var message) ? message.GetString() ?? body : body;
        }
        catch (JsonException)
        {
            return body.Trim();
        }
    }
}
