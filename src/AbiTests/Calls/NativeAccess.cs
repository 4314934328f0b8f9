using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Faultline.AbiTests.Calls.Native;

namespace Faultline.AbiTests.Calls;

/// <summary>One-byte touches made by native code, with an exact count of the faults they cost the calling thread.</summary>
internal static unsafe class NativeAccess
{
    private static readonly nint WarmUpPage = AllocateWarmUpPage();

    internal static byte Read(nuint address)
    {
        byte value;
        memcpy(&value, (void*)address, 1);
        return value;
    }

    internal static void Write(nuint address, byte value) => memcpy((void*)address, &value, 1);

    internal static FaultCount CountedRead(nuint address, out byte value)
    {
        byte read = 0;
        Counted(&read, (byte*)WarmUpPage);
        var faults = Counted(&read, (byte*)address);
        value = read;
        return faults;
    }

    internal static FaultCount CountedWrite(nuint address, byte value)
    {
        Counted((byte*)WarmUpPage, &value);
        return Counted((byte*)address, &value);
    }

    /// <summary>
    /// Fully optimised from its first call and run once before on resident memory by the same thread: nothing between the two counter
    /// readings but the copy itself can then fault, neither code, stack nor data of the runtime.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static FaultCount Counted(byte* destination, byte* source)
    {
        ResourceUsage before, after;
        _ = getrusage(RusageThread, &after);
        _ = getrusage(RusageThread, &before);
        memcpy(destination, source, 1);
        _ = getrusage(RusageThread, &after);
        return new(after.MinorFaults - before.MinorFaults, after.MajorFaults - before.MajorFaults);
    }

    /// <summary>UFFDIO_WRITEPROTECT with the faults it costs the caller; the warm-up goes to a descriptor that does not exist.</summary>
    internal static FaultCount CountedWriteProtect(UserfaultfdDescriptor uffd, MemoryRange range)
    {
        var argument = Protection(range);
        var code = UserfaultfdIoctls.UffdioWriteprotect.Code;
        _ = CountedIoctl(-1, code, &argument, out _);
        var faults = CountedIoctl((int)uffd.Handle.DangerousGetHandle(), code, &argument, out var result);
        Must(result, "UFFDIO_WRITEPROTECT");
        return faults;
    }

    /// <summary>The argument of UFFDIO_WRITEPROTECT that protects <paramref name="range"/>.</summary>
    internal static UffdioWriteprotect Protection(MemoryRange range)
    {
        var argument = new UffdioWriteprotect { Mode = (ulong)UffdioWriteprotectMode.Wp };
        argument.Range.Start = range.Start;
        argument.Range.Len = range.Length;
        return argument;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static FaultCount CountedIoctl(int fd, uint code, void* argument, out int result)
    {
        ResourceUsage before, after;
        _ = getrusage(RusageThread, &after);
        _ = getrusage(RusageThread, &before);
        result = ioctl(fd, code, argument);
        _ = getrusage(RusageThread, &after);
        return new(after.MinorFaults - before.MinorFaults, after.MajorFaults - before.MajorFaults);
    }

    private static nint AllocateWarmUpPage()
    {
        var page = (nint)NativeMemory.AlignedAlloc(4096, 4096);
        memset((void*)page, 1, 4096);
        return page;
    }
}
