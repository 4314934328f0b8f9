using System.Net.Sockets;
using System.Text;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Tests.Docker;

/// <summary>A socket that answers as an engine does which has no containers.</summary>
internal sealed class CannedEngine : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _version, _info;

    /// <param name="version">What it answers to <c>/version</c>.</param>
    /// <param name="info">What it answers to <c>/info</c>.</param>
    public CannedEngine(string version, string info)
    {
        (_version, _info) = (version, info);
        _listener.Bind(new UnixDomainSocketEndPoint(Socket));
        _listener.Listen();
        _ = AcceptAsync();
    }

    public string Socket => _folder.Of("engine.sock");

    public EngineEndpoint Endpoint => new(new Uri("unix://" + Socket), "test");

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptAsync();
                await AnswerAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        var buffer = new byte[16 * 1024];
        var request = Encoding.ASCII.GetString(buffer, 0, await client.ReceiveAsync(buffer));
        var path = request.Split(' ') is [_, var asked, ..] ? asked.Split('?')[0] : "";
        var body = path.EndsWith("/version", StringComparison.Ordinal) ? _version
            : path.EndsWith("/info", StringComparison.Ordinal) ? _info : "[]";
        await client.SendAsync(Encoding.UTF8.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n"
            + $"Connection: close\r\n\r\n{body}"));
        client.Shutdown(SocketShutdown.Both);
    }
}
