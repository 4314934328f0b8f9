using System.Diagnostics;
using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Memory;
using static Faultline.AbiTests.Calls.Native;

namespace Faultline.AbiTests.Processes;

/// <summary>A forked copy of this process that runs C functions and nothing else.</summary>
/// <remarks>
/// fork(2) would return into managed code, in a process whose garbage collector has lost its threads. The C library's clone(2) wrapper
/// instead calls a function pointer on a stack of its own and exits with its result: the child never enters the runtime.
/// </remarks>
internal sealed unsafe class ForkedChild : IDisposable
{
    private const int StackBytes = 64 << 10, NoHang = 1, StoppedStatus = 0x7f;
    private const int PtraceContinue = 7, PtraceGetSignalInfo = 0x4202, PtraceSeize = 0x4206;

    /// <summary>More faults than any single store can need: the kernel lets it try again and again.</summary>
    private const long EndlessFaults = 1000;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private readonly MemoryRegion _stack;
    private readonly CallSequence? _calls;
    private string? _end;

    private ForkedChild(string function, nint argument, CallSequence? calls = null)
    {
        _calls = calls;
        _stack = MemoryRegion.Anonymous(StackBytes / 4096);
        _stack.Populate();
        var (code, start) = (CFunction.AddressOf(function), Stopwatch.GetTimestamp());
        Pid = (int)Must(clone(code, (nint)_stack.Range.End, SigChild, argument), "clone");
        CloneSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        LiveResources.TrackChild(Pid);
    }

    internal int Pid { get; }

    /// <summary>Seconds that clone(2) took in the parent.</summary>
    internal double CloneSeconds { get; }

    /// <summary>A child that sleeps, to be looked at.</summary>
    internal static ForkedChild Sleeping() => new("pause", 0);

    /// <summary>
    /// A child that stores to <paramref name="address"/> and exits: sigemptyset(3) writes its argument and reads nothing.
    /// </summary>
    internal static ForkedChild Writing(nuint address) => new("sigemptyset", (nint)address);

    /// <summary>Like <see cref="Writing"/>, but the child waits until <paramref name="gate"/> opens.</summary>
    /// <param name="scratch">Address of a byte that the child may write without a fault that matters.</param>
    internal static ForkedChild WritingAfter(Gate gate, nuint address, nint scratch)
    {
        var calls = new CallSequence(gate.Wait(scratch), new("sigemptyset", (nint)address), new("_exit"));
        return new("setcontext", calls.Start, calls);
    }

    /// <summary>"exited 0", "killed by 7", or "blocked" when it has not ended after <paramref name="patience"/>.</summary>
    internal string StateAfter(TimeSpan patience)
    {
        var clock = FairClock.StartNew();
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

    /// <summary>How it ended, or "faults without end" once it has taken more faults than its one store can need.</summary>
    internal string EndOrEndlessFaults()
    {
        while (Procfs.MinorFaults(Pid) is not { } faults || faults < EndlessFaults)
        {
            if (State() is { } ended)
                return ended;
            Thread.Sleep(1);
        }
        return "faults without end";
    }

    /// <summary>How it ended; null when its write raised no event (yet) and it lives, or waits in a fault.</summary>
    internal string? State()
    {
        Look();
        return _end;
    }

    /// <summary>
    /// From here on a signal stops it before it takes effect; see <see cref="NextSignal"/>. The calling thread alone may go on with it.
    /// </summary>
    internal void Trace() => Must(ptrace(PtraceSeize, Pid, 0, 0), "ptrace(PTRACE_SEIZE)");

    /// <summary>Waits until the traced child is to get a signal; null when it ended without one.</summary>
    internal SignalInfo? NextSignal()
    {
        for (var clock = FairClock.StartNew(); clock.Elapsed < Deadline; Thread.Sleep(1))
        {
            if (Look())
            {
                SignalInfo signal;
                Must(ptrace(PtraceGetSignalInfo, Pid, 0, (nint)(&signal)), "ptrace(PTRACE_GETSIGINFO)");
                return signal;
            }
            if (_end is not null)
                return null;
        }
        throw new TimeoutException($"The child neither ended nor got a signal within {Deadline.TotalSeconds:0} s.");
    }

    /// <summary>Lets the signal take effect.</summary>
    internal void Deliver(SignalInfo signal) => Must(ptrace(PtraceContinue, Pid, 0, signal.Number), "ptrace(PTRACE_CONT)");

    public void Dispose()
    {
        if (_end is null)
        {
            int status;
            _ = kill(Pid, SigKill);
            _ = waitpid(Pid, &status, 0);
            LiveResources.ForgetChild(Pid);
        }
        _stack.Dispose();
        _calls?.Dispose();
    }

    /// <summary>Asks for news. True: it is stopped by a signal. Its end is kept in <see cref="_end"/>.</summary>
    private bool Look()
    {
        int status;
        if (_end is not null || waitpid(Pid, &status, NoHang) != Pid)
            return false;
        if ((status & 0xff) == StoppedStatus)
            return true;
        LiveResources.ForgetChild(Pid);
        _end = (status & 0x7f) == 0 ? $"exited {status >> 8 & 0xff}" : $"killed by {status & 0x7f}";
        return false;
    }
}
