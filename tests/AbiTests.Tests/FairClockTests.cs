using System.Diagnostics;
using Faultline.AbiTests.Processes;

namespace Faultline.AbiTests.Tests;

/// <summary>Deadlines of the suite on a machine that has other things to do.</summary>
public sealed class FairClockTests
{
    [Fact]
    public void A_thread_that_sleeps_gains_no_time()
    {
        var (fair, wall) = (FairClock.StartNew(), Stopwatch.StartNew());
        using var never = new ManualResetEventSlim();
        Assert.False(fair.Wait(never, TimeSpan.FromMilliseconds(300)));
        Assert.InRange(wall.Elapsed, TimeSpan.FromMilliseconds(290), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Whoever_is_done_is_not_waited_for()
    {
        using var done = new ManualResetEventSlim(initialState: true);
        Assert.True(FairClock.StartNew().Wait(done, TimeSpan.FromHours(1)));
        Assert.True(FairClock.StartNew().Wait(Task.CompletedTask, TimeSpan.FromHours(1)));
        Assert.False(FairClock.StartNew().Wait(new TaskCompletionSource().Task, TimeSpan.Zero));
    }

    /// <summary>Six threads for each processor: every one of them stands in the queue for most of the time.</summary>
    [Fact]
    public void Time_in_the_queue_for_a_processor_does_not_count()
    {
        Assert.SkipWhen(!File.Exists("/proc/self/schedstat"), "This kernel does not tell how long a thread waited for a processor.");
        using var stop = new CancellationTokenSource();
        var spinners = Enumerable.Range(0, 6 * Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
                Thread.SpinWait(1000);
        }) { IsBackground = true }).ToList();
        var (fair, wall) = (FairClock.StartNew(), Stopwatch.StartNew());
        spinners.ForEach(thread => thread.Start());
        Thread.Sleep(2000);
        // In this order: on a busy machine tenths of a second may lie between the two.
        var passed = wall.Elapsed;
        var counted = fair.Elapsed;
        stop.Cancel();
        spinners.ForEach(thread => thread.Join());
        Assert.True(counted < passed * 0.7, $"{counted} of {passed}");
        Assert.True(counted >= passed / 11, $"{counted} of {passed}");
    }
}
