using Faultline.AbiTests.Calls;

namespace Faultline.AbiTests.Processes;

/// <summary>A pipe at whose end a child waits until it is told to go on.</summary>
internal sealed unsafe class Gate : IDisposable
{
    private readonly int _readEnd, _writeEnd;

    internal Gate()
    {
        var ends = stackalloc int[2];
        Native.Must(Native.pipe2(ends, 0x80000), "pipe2");
        (_readEnd, _writeEnd) = (ends[0], ends[1]);
    }

    /// <summary>Waiting, as a call for <see cref="CallSequence"/>.</summary>
    /// <param name="scratch">Address of a byte that is written when the gate opens.</param>
    internal CallSequence.Call Wait(nint scratch) => new("read", _readEnd, scratch, 1);

    internal void Open()
    {
        byte go = 1;
        Native.Must(Native.write(_writeEnd, &go, 1), "write to the gate");
    }

    public void Dispose()
    {
        _ = Native.close(_readEnd);
        _ = Native.close(_writeEnd);
    }
}
