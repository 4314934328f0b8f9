using System.Runtime.InteropServices;
using static Faultline.AbiTests.Support.Native;

namespace Faultline.AbiTests.Support;

/// <summary>A forked copy of this process that runs one C function and nothing else.</summary>
/// <remarks>
/// fork(2) would return into managed code, in a process whose garbage collector has lost its threads. The C library's clone(2) wrapper
/// instead calls a function pointer on a stack of its own and exits with its result: the child never enters the runtime.
/// </remarks>
internal sealed unsafe class ForkedChild : IDisposable
{
    private const int StackBytes = 64 << 10, NoHang = 1;
    private static readonly nint Libc = NativeLibrary.Load("libc.so.6");
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private readonly MemoryRegion _stack;
    private bool _reaped;

    private ForkedChild(string function, nint argument)
    {
        _stack = MemoryRegion.Anonymous(StackBytes / 4096);
        _stack.Populate();
        Pid = (int)Must(clone(NativeLibrary.GetExport(Libc, function), (nint)_stack.Range.End, SigChild, argument), "clone");
        LiveResources.TrackChild(Pid);
    }

    internal int Pid { get; }

    /// <summary>A child that sleeps, to be looked at.</summary>
    internal static ForkedChild Sleeping() => new("pause", 0);

    /// <summary>A child that stores to <paramref name="address"/> and exits: sigemptyset(3) writes its argument and reads nothing.</summary>
    internal static ForkedChild Writing(ulong address) => new("sigemptyset", (nint)address);

    /// <summary>"exited 0", "killed by 7", or "blocked" when it has not ended after <paramref name="patience"/>.</summary>
    internal string StateAfter(TimeSpan patience)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        do
        {
            if (State() is { } ended)
                return ended;
            Thread.Sleep(1);
        }
        while (clock.Elapsed < patience);
        return "blocked";
    }

    /// <summary>How it ended; waits for the end.</summary>
    internal string End() => StateAfter(Deadline);

    /// <summary>The child's write raised no event (yet) and has ended, or waits in a fault.</summary>
    internal string? State()
    {
        if (_reaped)
            return "reaped";
        int status;
        if (waitpid(Pid, &status, NoHang) != Pid)
            return null;
        _reaped = true;
        LiveResources.ForgetChild(Pid);
        return (status & 0x7f) == 0 ? $"exited {status >> 8 & 0xff}" : $"killed by {status & 0x7f}";
    }

    public void Dispose()
    {
        if (!_reaped)
        {
            int status;
            _ = kill(Pid, SigKill);
            _ = waitpid(Pid, &status, 0);
            LiveResources.ForgetChild(Pid);
        }
        _stack.Dispose();
    }
}
