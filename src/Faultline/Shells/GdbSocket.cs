using System.Net.Sockets;
using Docker.DotNet;
using Faultline.Harness.Docker;
using Faultline.Harness.Guest.Shells;

namespace Faultline.Cli.Shells;

/// <summary>
/// A socket on this machine that leads a debugger into a guest's container, which has no network. It lies in a folder that belongs to the
/// user alone, and is gone with the guest.
/// </summary>
internal sealed class GdbSocket : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("faultline-gdb-").FullName;
    private readonly CancellationTokenSource _end = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private Task _serving = Task.CompletedTask;

    public string Path => System.IO.Path.Combine(_folder, "gdb");

    /// <summary>Begins to take debuggers, one at a time.</summary>
    public void Open(RunningContainer guest)
    {
        _socket.Bind(new UnixDomainSocketEndPoint(Path));
        _socket.Listen();
        _serving = Task.Run(() => ServeAsync(guest));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _end.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ServeAsync(RunningContainer guest)
    {
        while (true)
        {
            using var debugger = await _socket.AcceptAsync(_end.Token);
            await using var stream = new NetworkStream(debugger);
            try
            {
                await ShellRunner.JoinGdbAsync(guest, stream, _end.Token);
            }
            catch (Exception e) when (e is DockerApiException or HttpRequestException or IOException)
            {
                // The debugger sees that its connection is closed.
            }
        }
    }
}
