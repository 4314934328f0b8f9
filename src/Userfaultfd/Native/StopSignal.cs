namespace Faultline.Userfaultfd.Native;

/// <summary>An eventfd that ends a poll(2) on another descriptor. Once set it stays set.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly Lock _gate = new();
    private int _fd;

    internal StopSignal()
    {
        _fd = Libc.EventFd(0, Libc.OpenCloseOnExec | Libc.OpenNonBlock);
        if (_fd < 0)
            throw new UserfaultfdException("eventfd", Libc.LastErrno(), null, "Each event pump needs one file descriptor.");
    }

    internal int Fd => _fd;

    internal unsafe void Set()
    {
        lock (_gate)
        {
            if (_fd < 0)
                return;
            ulong one = 1;
            _ = Libc.Write(_fd, &one, sizeof(ulong));
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_fd >= 0)
                _ = Libc.Close(_fd);
            _fd = -1;
        }
    }
}
