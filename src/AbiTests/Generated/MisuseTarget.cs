using System.Buffers.Binary;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Generated;

/// <summary>Memory registered for missing and write-protect faults: everything about a call on it is right but the misuse itself.</summary>
internal sealed class MisuseTarget : IDisposable
{
    private const ulong MissingAndWp = 3;
    private readonly MemoryRegion _memory = MemoryRegion.Anonymous(2);
    private readonly RawDescriptor _uffd = RawDescriptor.Userfaultfd(withHandshake: true);

    internal MisuseTarget()
    {
        var argument = new UffdioRegister { Mode = MissingAndWp };
        argument.Range.Start = _memory.Range.Start;
        argument.Range.Len = _memory.Range.Length;
        var errno = _uffd.Ioctl(UserfaultfdIoctls.UffdioRegister, ref argument);
        if (errno != Errno.None)
            throw new UserfaultfdException("UFFDIO_REGISTER", errno, _memory.Range, "the misuse tests need memory registered for missing and write-protect faults.");
    }

    internal nuint Start => _memory.Range.Start;

    internal Errno Ioctl(IoctlCase c, nuint start, nuint length, ulong mode = 0)
    {
        var argument = new byte[Math.Max(c.ArgumentSize, 8)];
        Put(argument, c.RangeStartOffset, start, 8);
        Put(argument, c.RangeLengthOffset, length, 8);
        Put(argument, c.ModeOffset, mode, c.ModeSize);
        return _uffd.Ioctl(c.Code, argument);
    }

    public void Dispose()
    {
        _uffd.Dispose();
        _memory.Dispose();
    }

    private static void Put(byte[] argument, int? offset, ulong value, int size)
    {
        if (offset is not { } at)
            return;
        if (size == 8)
            BinaryPrimitives.WriteUInt64LittleEndian(argument.AsSpan(at), value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(argument.AsSpan(at), (uint)value);
    }
}
