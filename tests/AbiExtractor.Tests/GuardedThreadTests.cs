using Faultline.AbiExtractor.Clang;

namespace Faultline.AbiExtractor.Tests;

/// <summary>Which thread does the next work.</summary>
public sealed class GuardedThreadTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>As many works at once as there are idle threads and one more, so that none of those before is left out.</summary>
    private static HashSet<Thread> Threads(int count)
    {
        using var all = new Barrier(count);
        var threads = new Thread[count];
        var callers = Enumerable.Range(0, count).Select(index => new Thread(() => threads[index] = GuardedThread.Run(
            () =>
            {
                all.SignalAndWait(Limit);
                return Thread.CurrentThread;
            },
            Limit))).ToList();
        callers.ForEach(caller => caller.Start());
        callers.ForEach(caller => caller.Join());
        return [.. threads];
    }

    [Fact]
    public void A_thread_whose_work_went_well_takes_the_next()
    {
        var first = Threads(8);
        Assert.Equal(8, first.Count);
        Assert.True(Threads(64).Overlaps(first));
    }

    [Fact]
    public void A_thread_in_which_something_failed_takes_no_other()
    {
        Thread? failed = null;
        Assert.Throws<InvalidOperationException>(() => GuardedThread.Run<int>(
            () =>
            {
                failed = Thread.CurrentThread;
                throw new InvalidOperationException("a parser gave up");
            },
            Limit));
        Assert.DoesNotContain(failed!, Threads(64));
    }
}
