using System.Diagnostics.CodeAnalysis;
using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Processes;
using static Faultline.AbiTests.Calls.Native;

namespace Faultline.AbiTests.Watching;

/// <summary>A touch of memory made by a thread of its own, which may block in a fault until somebody resolves it.</summary>
/// <remarks>Its wait handles are left to the garbage collector: the thread may outlive the test that started it.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "See remarks.")]
public sealed class Access
{
    private readonly ManualResetEventSlim _done = new();
    private readonly ManualResetEventSlim _started = new();
    private readonly Thread _thread;
    private FaultCount _faults;
    private byte _value;
    private string _outcome = "";

    private Access(Action<Access> touch)
    {
        _thread = new Thread(() =>
        {
            ThreadId = gettid();
            _started.Set();
            touch(this);
            _done.Set();
        }, maxStackSize: 256 << 10) { IsBackground = true, Name = "access" };
        _thread.Start();
        _started.Wait();
    }

    /// <summary>The kernel's id of the thread.</summary>
    public int ThreadId { get; private set; }

    /// <summary>Whether the touch has completed.</summary>
    public bool IsDone => _done.IsSet;

    /// <summary>Faults of the accessing thread; waits for the touch to complete.</summary>
    public FaultCount Faults => Finished()._faults;

    /// <summary>The byte a read found; waits for the touch to complete.</summary>
    public byte Value => Finished()._value;

    /// <summary>"ok" or the errno of a system call; waits for it to return.</summary>
    public string Outcome => Finished()._outcome;

    /// <summary>Reads one byte.</summary>
    public static Access Read(nuint address) => new(self => self._faults = NativeAccess.CountedRead(address, out self._value));

    /// <summary>Writes one byte.</summary>
    public static Access Write(nuint address, byte value) => new(self => self._faults = NativeAccess.CountedWrite(address, value));

    /// <summary>Makes a system call that touches watched memory.</summary>
    /// <param name="call">Answers "ok" or the errno.</param>
    public static Access Call(Func<string> call) => new(self => self._outcome = call());

    /// <summary>"done", or "blocked" when the touch has not completed after <paramref name="patience"/>.</summary>
    public string StateAfter(TimeSpan patience) => FairClock.StartNew().Wait(_done, patience) ? "done" : "blocked";

    /// <summary>
    /// Waits until the kernel has put the thread to sleep, for half a second at most: a kernel that does not say where threads sleep is
    /// believed.
    /// </summary>
    public void UntilAsleep()
    {
        var clock = FairClock.StartNew();
        while (Procfs.WaitChannelOf(ThreadId) == "0" && !_done.Wait(millisecondsTimeout: 1) && clock.Elapsed.TotalMilliseconds < 500)
        {
        }
    }

    /// <summary>Waits without a limit: the runner's deadline closes the userfaultfds, which ends every blocked touch the kernel can end.</summary>
    private Access Finished()
    {
        _done.Wait();
        return this;
    }
}
