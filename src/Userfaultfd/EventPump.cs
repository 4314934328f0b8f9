using Faultline.Userfaultfd.Abi;
using Faultline.Userfaultfd.Native;

namespace Faultline.Userfaultfd;

/// <summary>
/// A thread that reads the events of one <see cref="UserfaultfdDescriptor"/>. After disposal nobody reads: faults stay pending.
/// </summary>
public sealed class EventPump : IDisposable
{
    private const int MessagesPerRead = 16;
    private readonly UserfaultfdDescriptor _source;
    private readonly Action<UserfaultfdEvent> _onEvent;
    private readonly Action<Exception?>? _onEnd;
    private readonly StopSignal _stop = new();
    private readonly Thread _thread;
    private volatile bool _stopping;

    internal EventPump(UserfaultfdDescriptor source, Action<UserfaultfdEvent> onEvent, Action<Exception?>? onEnd)
    {
        _source = source;
        _onEvent = onEvent;
        _onEnd = onEnd;
        _thread = new Thread(Run) { IsBackground = true, Name = "userfaultfd events" };
    }

    /// <summary>Why the pump ended by itself; null while it runs and after a clean end.</summary>
    public Exception? Error { get; private set; }

    internal void Start() => _thread.Start();

    /// <summary>Asks the pump to end after the event in hand, without waiting for it.</summary>
    public void RequestStop()
    {
        _stopping = true;
        _stop.Set();
    }

    /// <summary>Ends the pump and waits for its thread (unless called from it).</summary>
    public void Dispose()
    {
        RequestStop();
        _source.Forget(this);
        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    private void Run()
    {
        try
        {
            Span<UffdMsg> messages = stackalloc UffdMsg[MessagesPerRead];
            while (!_stopping)
            {
                if (!_source.WaitReadable(Timeout.Infinite, _stop.Fd))
                    continue;
                var count = _source.TryRead(messages);
                for (var i = 0; i < count; i++)
                    _onEvent(UserfaultfdEvent.Decode(messages[i], _source.Options));
            }
        }
        // The stream must end with the error, whatever it is: an unhandled exception on this thread would end the process.
#pragma warning disable CA1031
        catch (Exception e) when (e is not ObjectDisposedException || !_stopping)
        {
            Error = e;
        }
        catch (ObjectDisposedException)
        {
            // The descriptor was closed under the pump: that is a clean end.
        }
#pragma warning restore CA1031
        _stop.Dispose();
        _onEnd?.Invoke(Error);
    }
}
