using System.Net.Sockets;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Tests.Docker;

/// <summary>A socket that passes everything on to the real engine until it dies, as an engine does that crashes or is restarted.</summary>
internal sealed class EngineProxy : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<Socket> _open = [];
    private readonly string _engine;

    public EngineProxy(string engineSocket)
    {
        _engine = engineSocket;
        _listener.Bind(new UnixDomainSocketEndPoint(_folder.Of("engine.sock")));
        _listener.Listen();
        _ = AcceptAsync();
    }

    public EngineEndpoint Endpoint => new(new Uri("unix://" + _folder.Of("engine.sock")), "test");

    /// <summary>Cuts every connection and takes no more.</summary>
    public void Die()
    {
        _listener.Dispose();
        lock (_open)
            _open.ForEach(socket => socket.Dispose());
    }

    public void Dispose()
    {
        Die();
        _folder.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync();
                var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await engine.ConnectAsync(new UnixDomainSocketEndPoint(_engine));
                lock (_open)
                    _open.AddRange([client, engine]);
                _ = PumpAsync(client, engine);
                _ = PumpAsync(engine, client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0;)
                await to.SendAsync(buffer.AsMemory(0, read));
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }
}
