using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Faultline.Userfaultfd.Abi;
using Faultline.Userfaultfd.Native;

namespace Faultline.Userfaultfd;

/// <content>Reading events: one at a time, as a stream, or by callback.</content>
public sealed partial class UserfaultfdDescriptor
{
    /// <summary>Reads one event, waiting for it at most <paramref name="timeout"/> (poll(2), then read(2)).</summary>
    /// <param name="timeout">Zero looks without waiting; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <returns>The event, or null when none came in time.</returns>
    /// <exception cref="InvalidOperationException">The descriptor was opened without NonBlock.</exception>
    public UserfaultfdEvent? ReadEvent(TimeSpan timeout)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var left = timeout == Timeout.InfiniteTimeSpan
                ? -1
                : Math.Max(0, (int)Math.Ceiling((timeout - clock.Elapsed).TotalMilliseconds));
            if (!WaitReadable(left, stopFd: -1))
            {
                // A signal ends the wait early, so only the clock decides.
                if (timeout != Timeout.InfiniteTimeSpan && clock.Elapsed >= timeout)
                    return null;
                continue;
            }
            UffdMsg message = default;
            // Readable is a hint only: another reader may have taken the event, or the fault may have been resolved since.
            if (TryRead(new Span<UffdMsg>(ref message)) == 1)
                return UserfaultfdEvent.Decode(message, Options);
        }
    }

    /// <summary>Streams events until cancelled or the descriptor is disposed; both end the stream without an error.</summary>
    /// <remarks>A separate thread reads the events, so a slow consumer delays the faulting threads, not the reading.</remarks>
    /// <exception cref="InvalidOperationException">The descriptor was opened without NonBlock.</exception>
    public async IAsyncEnumerable<UserfaultfdEvent> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<UserfaultfdEvent>(new() { SingleReader = true, SingleWriter = true });
        using var pump = StartPump(e => channel.Writer.TryWrite(e), error => channel.Writer.TryComplete(error));
        using var cancelled = cancellationToken.Register(pump.RequestStop);
        await foreach (var e in channel.Reader.ReadAllAsync(CancellationToken.None))
            yield return e;
    }

    /// <summary>
    /// Starts a thread that reads events and hands each to <paramref name="onEvent"/>, until the pump or the descriptor is disposed.
    /// </summary>
    /// <param name="onEvent">Called on the pump's thread, one event at a time. It must not touch watched memory.</param>
    /// <param name="onEnd">Called once when the pump has ended; with the error when reading or <paramref name="onEvent"/> failed, else
    /// null.</param>
    /// <exception cref="InvalidOperationException">The descriptor was opened without NonBlock.</exception>
    public EventPump StartPump(Action<UserfaultfdEvent> onEvent, Action<Exception?>? onEnd = null)
    {
        ArgumentNullException.ThrowIfNull(onEvent);
        RequireNonBlock();
        lock (_pumpsGate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var pump = new EventPump(this, onEvent, onEnd);
            _pumps.Add(pump);
            pump.Start();
            return pump;
        }
    }

    internal void Forget(EventPump pump)
    {
        lock (_pumpsGate)
            _pumps.Remove(pump);
    }

    /// <summary>Waits until events can be read. False: timed out or stopped.</summary>
    internal unsafe bool WaitReadable(int timeoutMilliseconds, int stopFd)
    {
        RequireNonBlock();
        var pinned = false;
        Handle.DangerousAddRef(ref pinned);
        try
        {
            var fds = stackalloc Libc.PollFd[2];
            fds[0] = new() { Fd = (int)Handle.DangerousGetHandle(), Events = Libc.PollIn };
            fds[1] = new() { Fd = stopFd, Events = Libc.PollIn };
            var ready = Libc.Poll(fds, 2, timeoutMilliseconds);
            if (ready < 0 && Libc.LastErrno() is not Errno.EINTR and var errno)
                throw Failure("poll", errno, null);
            if (ready <= 0 || fds[1].ReturnedEvents != 0)
                return false;
            if ((fds[0].ReturnedEvents & Libc.PollErr) != 0)
            {
                throw new UserfaultfdException(
                    "poll", Errno.EINVAL, null, "the descriptor is blocking, or its handshake has not been made.");
            }

            return true;
        }
        finally
        {
            if (pinned)
                Handle.DangerousRelease();
        }
    }

    /// <summary>Reads the events at hand into <paramref name="messages"/>; 0 when there are none.</summary>
    internal unsafe int TryRead(Span<UffdMsg> messages)
    {
        fixed (UffdMsg* buffer = messages)
        {
            var bytes = Libc.Read(Handle, buffer, (nuint)(messages.Length * sizeof(UffdMsg)));
            if (bytes >= 0)
                return (int)bytes / sizeof(UffdMsg);
            var errno = Libc.LastErrno();
            return errno is Errno.EAGAIN or Errno.EINTR ? 0 : throw Failure("read", errno, null);
        }
    }

    private void RequireNonBlock()
    {
        if ((Options & OpenOptions.NonBlock) == 0)
        {
            throw new InvalidOperationException(
                "The userfaultfd was opened without OpenOptions.NonBlock, so the kernel refuses poll(2) on it; open it with NonBlock.");
        }
    }
}
