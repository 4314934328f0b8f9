using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Faultline.AbiExtractor.Clang;

/// <summary>
/// Runs a compiler over text that nobody vouches for: on a thread with room for deep nesting, from whose stack overflow it comes back
/// (<see cref="CrashRecovery"/>), with a deadline and with a bound on memory.
/// </summary>
/// <remarks>A thread cannot be stopped inside libclang. One that is over its bounds is left behind; the program is
/// expected to end soon. One whose work went well takes the next: a thread for each header of a kernel costs a tenth
/// of the time in which they are read.</remarks>
internal sealed class GuardedThread
{
    /// <summary>Bytes; reserved, not used, until the nesting needs them.</summary>
    private const int StackSize = 256 << 20;

    /// <summary>
    /// Bytes that one extraction may add to the process, times those that run next to it. The largest headers of a
    /// kernel need a tenth.
    /// </summary>
    private const long MemoryLimit = 4L << 30;

    /// <summary>Extractions that share the process's memory, those left behind too.</summary>
    private static int _running;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private static readonly ConcurrentBag<GuardedThread> Idle = [];

    private readonly object _gate = new();

    /// <summary>What to do now; null is to end.</summary>
    private Action? _work;

    private bool _isBusy;

    private GuardedThread() => new Thread(Serve, StackSize) { IsBackground = true, Name = "libclang" }.Start();

    /// <exception cref="OverrunException">The work took longer than <paramref name="limit"/> or too much memory.</exception>
    public static T Run<T>(Func<T> work, TimeSpan limit)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = Idle.TryTake(out var idle) ? idle : new();
        Interlocked.Increment(ref _running);
        thread.Begin(() =>
        {
            try
            {
                using var recovery = CrashRecovery.Arm();
                result = work();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        });
        if (!thread.HasEnded(Poll))
            Wait(thread, limit);
        if (failure is null)
            Idle.Add(thread);
        else
            thread.Begin(null);
        failure?.Throw();
        return result!;
    }

    private void Serve()
    {
        while (Next() is { } work)
        {
            work();
            lock (_gate)
            {
                (_work, _isBusy) = (null, false);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private Action? Next()
    {
        lock (_gate)
        {
            while (!_isBusy)
                Monitor.Wait(_gate);
            return _work;
        }
    }

    private void Begin(Action? work)
    {
        lock (_gate)
        {
            (_work, _isBusy) = (work, true);
            Monitor.PulseAll(_gate);
        }
    }

    private bool HasEnded(TimeSpan within)
    {
        lock (_gate)
            return !_isBusy || (Monitor.Wait(_gate, within) && !_isBusy);
    }

    private static void Wait(GuardedThread thread, TimeSpan limit)
    {
        var (clock, before, sharing) = (Stopwatch.StartNew(), Memory(), 1);
        while (!thread.HasEnded(Poll))
        {
            if (clock.Elapsed > limit)
                throw new OverrunException(
                    $"no end after {limit.TotalSeconds:0} seconds; it includes a pipe, or its macros expand without end");
            // The most that ran beside this one: what they took is not given back the moment they end.
            sharing = Math.Max(sharing, Volatile.Read(ref _running));
            if (Memory() - before > MemoryLimit * sharing)
                throw new OverrunException(
                    $"it takes more than {MemoryLimit >> 30} GiB of memory: its macros or includes expand without end");
        }
    }

    private static long Memory()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
