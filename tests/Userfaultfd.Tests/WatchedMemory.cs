using System.Runtime.InteropServices;

namespace Faultline.Userfaultfd.Tests;

/// <summary>Untouched private memory, and native touches of it on threads of their own.</summary>
internal sealed unsafe partial class WatchedMemory : IDisposable
{
    private const int ReadWrite = 3, PrivateAnonymous = 0x22;

    internal WatchedMemory(int pages = 1)
    {
        var length = pages * Environment.SystemPageSize;
        var address = mmap(0, (nuint)length, ReadWrite, PrivateAnonymous, -1, 0);
        if (address == -1)
            throw new InvalidOperationException($"mmap failed with errno {Marshal.GetLastPInvokeError()}");
        Range = MemoryRange.At(address, length);
    }

    internal MemoryRange Range { get; }

    /// <summary>Reads a byte; the task completes when the kernel lets the access pass.</summary>
    internal Task<byte> Read(ulong page = 0)
    {
        var address = Range.Pages(page).Start;
        return OnThreadOfItsOwn(() =>
        {
            byte value;
            memcpy(&value, (void*)address, 1);
            return value;
        });
    }

    /// <summary>Writes a byte; the task completes when the kernel lets the access pass.</summary>
    internal Task<byte> Write(byte value, ulong page = 0)
    {
        var address = Range.Pages(page).Start;
        return OnThreadOfItsOwn(() =>
        {
            var copy = value;
            memcpy((void*)address, &copy, 1);
            return value;
        });
    }

    public void Dispose() => _ = munmap((nint)Range.Start, (nuint)Range.Length);

    private static Task<byte> OnThreadOfItsOwn(Func<byte> touch) =>
        Task.Factory.StartNew(touch, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int munmap(nint address, nuint length);

    [LibraryImport("libc")]
    private static partial void* memcpy(void* destination, void* source, nuint length);
}
