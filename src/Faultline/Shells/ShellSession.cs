using System.Diagnostics;
using System.Runtime.InteropServices;
using Docker.DotNet;
using Faultline.Cli.Terminal;
using Faultline.Harness.Docker;
using Faultline.Harness.Guest.Shells;

namespace Faultline.Cli.Shells;

/// <summary>
/// This process's standard streams at a shell in a guest: a terminal of which every key goes there, or streams of a script. The terminal is
/// as before once this is disposed.
/// </summary>
internal sealed class ShellSession : IDisposable
{
    private const int Stdin = 0, Stdout = 1, BufferSize = 4096;
    private readonly CancellationTokenSource _left = new();
    private readonly EscapeKey _escape = new();
    private readonly Stream _output = StandardStreams.Output;
    private readonly Stream _error = StandardStreams.Error;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _ended;
    private RawTerminal? _terminal;
    private PosixSignalRegistration? _resized;

    public ShellSession(CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _left.Token);
    }

    public static bool IsTerminal => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>Ends with the command, or when the user typed the way out.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Whether the user typed the way out.</summary>
    public bool WasLeft => _left.IsCancellationRequested && !_cancellation.IsCancellationRequested;

    public ShellUser User => new(FeedAsync, Take)
    {
        Terminal = IsTerminal ? TerminalSize.Of(Stdout) : null,
        TerminalName = Environment.GetEnvironmentVariable("TERM"),
    };

    /// <summary>Gives the keys to the guest.</summary>
    public void Begin(RunningContainer guest)
    {
        if (!IsTerminal)
            return;
        _resized = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Task.Run(() => ResizeAsync(guest)));
        _terminal = new RawTerminal(Stdin);
    }

    public void Dispose()
    {
        Restore();
        _ended.Dispose();
        _left.Dispose();
    }

    /// <summary>Gives the terminal back.</summary>
    public void Restore()
    {
        _resized?.Dispose();
        if (_terminal is null)
            return;
        _terminal.Dispose();
        _terminal = null;
        // What is told next begins a line.
        Take(OutputStream.StandardError, "\r"u8.ToArray());
    }

    private async Task FeedAsync(Stream guest, CancellationToken cancellation)
    {
        var buffer = new byte[BufferSize];
        int count;
        while ((count = await StandardInput.ReadAsync(buffer, cancellation)) > 0)
        {
            if (IsTerminal && _escape.Saw(buffer.AsSpan(0, count), Stopwatch.GetTimestamp()))
            {
                await _left.CancelAsync();
                return;
            }

            await guest.WriteAsync(buffer.AsMemory(0, count), cancellation);
            await guest.FlushAsync(cancellation);
        }
    }

    private void Take(OutputStream stream, ReadOnlyMemory<byte> bytes)
    {
        var to = stream == OutputStream.StandardOutput ? _output : _error;
        try
        {
            to.Write(bytes.Span);
            to.Flush();
        }
        catch (IOException e) when (stream == OutputStream.StandardOutput)
        {
            throw new OutputLostException(e);
        }
        catch (IOException)
        {
            // As everywhere: messages that cannot be written are lost.
        }
    }

    private async Task ResizeAsync(RunningContainer guest)
    {
        try
        {
            var (rows, columns) = TerminalSize.Of(Stdout);
            await ShellUser.ResizeAsync(guest, rows, columns, _cancellation);
        }
        catch (Exception e) when (e is DockerApiException or HttpRequestException or IOException or OperationCanceledException)
        {
            // The guest is about to end, or the next change tells again.
        }
    }
}
