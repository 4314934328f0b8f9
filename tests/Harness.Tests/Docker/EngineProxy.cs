using System.Net.Sockets;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Tests.Docker;

/// <summary>A socket that passes everything on to the real engine until it dies, as an engine does that crashes or is restarted, or until it
/// no longer answers, as one does whose machine is overloaded.</summary>
internal sealed class EngineProxy : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<Socket> _open = [];
    private readonly string _engine;
    private volatile bool _silent;

    public EngineProxy(string engineSocket)
    {
        _engine = engineSocket;
        _listener.Bind(new UnixDomainSocketEndPoint(_folder.Of("engine.sock")));
        _listener.Listen();
        _ = AcceptAsync();
    }

    public EngineEndpoint Endpoint => new(new Uri("unix://" + _folder.Of("engine.sock")), "test");

    /// <summary>From here on no request and no answer gets through, and no connection ends.</summary>
    public void FallSilent() => _silent = true;

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

    private async Task PumpAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0 && !_silent;)
                await to.SendAsync(buffer.AsMemory(0, read));
            if (!_silent)
                to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }
}
