using System.Runtime.InteropServices;

namespace Faultline.Userfaultfd.Tests;

/// <summary>Untouched private memory, and native touches of it on threads of their own.</summary>
internal sealed unsafe partial class WatchedMemory : IDisposable
{
    private const int ReadWrite = 3, Shared = 1, PrivateAnonymous = 0x22;

    internal WatchedMemory(int pages = 1) : this(pages, PrivateAnonymous, -1)
    {
    }

    private WatchedMemory(int pages, int flags, int fd)
    {
        var length = pages * Environment.SystemPageSize;
        var address = (nint)Must(mmap(0, (nuint)length, ReadWrite, flags, fd, 0), "mmap");
        Range = new((nuint)address, (nuint)length);
    }

    /// <summary>Two mappings of one empty memory file: what is written through one, the file has for the other.</summary>
    internal static (WatchedMemory One, WatchedMemory Other) TwoViewsOfAFile(int pages = 1)
    {
        var fd = MemoryFile();
        Must(ftruncate(fd, pages * Environment.SystemPageSize), "ftruncate");
        var views = (new WatchedMemory(pages, Shared, fd), new WatchedMemory(pages, Shared, fd));
        _ = close(fd);
        return views;
    }

    internal MemoryRange Range { get; }

    /// <summary>Reads a byte; the task completes when the kernel lets the access pass.</summary>
    internal Task<byte> Read(nuint page = 0)
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
    internal Task<byte> Write(byte value, nuint page = 0)
    {
        var address = Range.Pages(page).Start;
        return OnThreadOfItsOwn(() =>
        {
            var copy = value;
            memcpy((void*)address, &copy, 1);
            return value;
        });
    }

    /// <summary>Lets a system call read a byte; the task completes with what it answers.</summary>
    internal Task<Errno> ReadByTheKernel()
    {
        var address = Range.Start;
        return OnThreadOfItsOwn(() =>
        {
            var fd = MemoryFile();
            var errno = write(fd, (void*)address, 1) >= 0 ? Errno.None : (Errno)Marshal.GetLastPInvokeError();
            _ = close(fd);
            return errno;
        });
    }

    public void Dispose() => _ = munmap((nint)Range.Start, Range.Length);

    private static Task<T> OnThreadOfItsOwn<T>(Func<T> touch) =>
        Task.Factory.StartNew(touch, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static int MemoryFile() => (int)Must(memfd_create("faultline", 1), "memfd_create");

    private static nint Must(nint result, string call) =>
        result != -1 ? result : throw new InvalidOperationException($"{call} failed with errno {Marshal.GetLastPInvokeError()}");

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int munmap(nint address, nuint length);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ftruncate(int fd, nint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int fd, void* bytes, nuint count);

    [LibraryImport("libc")]
    private static partial int close(int fd);

    [LibraryImport("libc")]
    private static partial void* memcpy(void* destination, void* source, nuint length);
}
