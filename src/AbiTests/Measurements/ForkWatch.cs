namespace Faultline.AbiTests.Measurements;

/// <summary>
/// Reads fork events, without which clone(2) does not return, and keeps the children's descriptors open until it is disposed.
/// </summary>
internal sealed class ForkWatch : IDisposable
{
    private readonly List<UserfaultfdDescriptor> _children = [];
    private readonly EventPump _pump;

    internal ForkWatch(UserfaultfdDescriptor uffd) => _pump = uffd.StartPump(e =>
    {
        if (e is ForkEvent fork)
            _children.Add(fork.Child);
    });

    public void Dispose()
    {
        _pump.Dispose();
        foreach (var child in _children)
            child.Dispose();
    }
}
