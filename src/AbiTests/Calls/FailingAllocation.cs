using System.Runtime.CompilerServices;
using static Faultline.AbiTests.Calls.Native;

namespace Faultline.AbiTests.Calls;

/// <summary>Lets one page allocation of the thread that makes it fail (Documentation/fault-injection/fault-injection.rst; kernel: should_fail_alloc_page).</summary>
/// <remarks>Pages of user memory are left out, so that an ioctl which maps none meets the failure at a page table.</remarks>
internal sealed unsafe class FailingAllocation : IDisposable
{
    private const string Attributes = "/sys/kernel/debug/fail_page_alloc", Countdown = "/proc/thread-self/fail-nth";
    private const byte Disarmed = (byte)'0';

    /// <summary>Single pages count, also where the caller could wait for memory; and no stack goes to the log, where it could be taken for a splat.</summary>
    private static readonly (string Name, string Value)[] Wanted =
        [("ignore-gfp-highmem", "Y"), ("ignore-gfp-wait", "N"), ("min-order", "0"), ("verbose", "0")];

    private readonly int _countdown = (int)Must(open(Countdown, 2 | 0x80000), $"open of {Countdown}");
    private readonly string[] _before = Array.ConvertAll(Wanted, attribute => Exchange(attribute.Name, attribute.Value));

    /// <summary>Why this machine cannot do it; null when it can.</summary>
    internal static string? Unavailable => File.Exists(Countdown) && Directory.Exists(Attributes)
        ? null
        : $"This machine lets no allocation fail on demand: {Countdown} or {Attributes} is missing. It takes a kernel with CONFIG_FAIL_PAGE_ALLOC and CONFIG_FAULT_INJECTION_DEBUG_FS, debugfs mounted, and root.";

    /// <summary>UFFDIO_WRITEPROTECT while one of its next allocations fails.</summary>
    /// <param name="uffd">The descriptor that watches <paramref name="range"/>.</param>
    /// <param name="range">What to protect.</param>
    /// <param name="failed">Whether an allocation failed; it may have been another of this thread's, just before the ioctl.</param>
    /// <param name="nth">Which allocation fails: 1 is the next one, 9 the last that can be asked for.</param>
    internal Errno WriteProtect(UserfaultfdDescriptor uffd, MemoryRange range, out bool failed, int nth = 1)
    {
        var argument = NativeAccess.Protection(range);
        return Ioctl(uffd, UserfaultfdIoctls.UffdioWriteprotect.Code, &argument, out failed, nth);
    }

    /// <summary>UFFDIO_WRITEPROTECT that lifts protection; otherwise as <see cref="WriteProtect"/>.</summary>
    internal Errno RemoveWriteProtection(UserfaultfdDescriptor uffd, MemoryRange range, out bool failed)
    {
        var argument = NativeAccess.Protection(range) with { Mode = 0 };
        return Ioctl(uffd, UserfaultfdIoctls.UffdioWriteprotect.Code, &argument, out failed);
    }

    /// <summary>UFFDIO_COPY; otherwise as <see cref="WriteProtect"/>.</summary>
    internal Errno Copy(UserfaultfdDescriptor uffd, MemoryRange destination, MemoryRange source, out bool failed)
    {
        var argument = new UffdioCopy { Dst = destination.Start, Src = source.Start, Len = destination.Length };
        return Ioctl(uffd, UserfaultfdIoctls.UffdioCopy.Code, &argument, out failed);
    }

    /// <summary>MADV_DONTNEED; otherwise as <see cref="WriteProtect"/>.</summary>
    internal Errno Discard(MemoryRange range, out bool failed)
    {
        Armed(Disarmed, range.Start, 0, out _);
        var errno = Armed((byte)'1', range.Start, range.Length, out var left);
        failed = left == Disarmed;
        return errno;
    }

    private Errno Ioctl(UserfaultfdDescriptor uffd, uint code, void* argument, out bool failed, int nth = 1)
    {
        Armed(Disarmed, -1, code, argument, out _);
        var errno = Armed((byte)('0' + nth), (int)uffd.Handle.DangerousGetHandle(), code, argument, out var left);
        failed = left == Disarmed;
        return errno;
    }

    public void Dispose()
    {
        for (var i = 0; i < Wanted.Length; i++)
            Exchange(Wanted[i].Name, _before[i]);
        _ = close(_countdown);
    }

    /// <summary>Fully optimised and run once before, disarmed and on no descriptor: next to nothing of the runtime's comes between arming and the ioctl.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private Errno Armed(byte countdown, int fd, uint code, void* argument, out byte left)
    {
        byte read, disarmed = Disarmed;
        Must(pwrite(_countdown, &countdown, 1, 0), "write to fail-nth");
        var errno = ioctl(fd, code, argument) >= 0 ? Errno.None : LastErrno();
        Must(pread(_countdown, &read, 1, 0), "read of fail-nth");
        Must(pwrite(_countdown, &disarmed, 1, 0), "write to fail-nth");
        left = read;
        return errno;
    }

    /// <summary>
    /// Calls madvise(2) with the failure armed, and disarms it. A length of 0 makes madvise(2) do nothing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private Errno Armed(byte countdown, ulong start, ulong length, out byte left)
    {
        byte read, disarmed = Disarmed;
        Must(pwrite(_countdown, &countdown, 1, 0), "write to fail-nth");
        var errno = madvise((nint)start, (nuint)length, Advice.DontNeed) >= 0 ? Errno.None : LastErrno();
        Must(pread(_countdown, &read, 1, 0), "read of fail-nth");
        Must(pwrite(_countdown, &disarmed, 1, 0), "write to fail-nth");
        left = read;
        return errno;
    }

    private static string Exchange(string attribute, string value)
    {
        var path = Path.Combine(Attributes, attribute);
        var before = File.ReadAllText(path).Trim();
        File.WriteAllText(path, value);
        return before;
    }
}
