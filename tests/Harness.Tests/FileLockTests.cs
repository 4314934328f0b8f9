namespace Faultline.Harness.Tests;

public class FileLockTests
{
    [Fact]
    public void One_exclusive_holder_or_any_number_of_shared_ones()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Of("new", "folder", "lock");
        using (FileLock.TryTake(path))
        {
            Assert.Null(FileLock.TryTake(path));
            Assert.Null(FileLock.TryTake(path, shared: true));
        }

        using (FileLock.TryTake(path, shared: true))
        using (var second = FileLock.TryTake(path, shared: true))
        {
            Assert.NotNull(second);
            Assert.Null(FileLock.TryTake(path));
        }

        using var last = FileLock.TryTake(path);
        Assert.NotNull(last);
    }

    [Fact]
    public async Task Waiting_says_so_once_and_ends_with_the_other_holder()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Of("lock");
        var said = 0;
        Task<FileLock> waiting;
        using (FileLock.TryTake(path))
        {
            waiting = FileLock.TakeAsync(path, () => said++, cancellation: TestContext.Current.CancellationToken);
            await Task.Delay(500, TestContext.Current.CancellationToken);
            Assert.False(waiting.IsCompleted);
        }

        using (await waiting)
            Assert.Equal(1, said);
    }

    [Fact]
    public async Task Waiting_can_be_given_up()
    {
        using var folder = new TemporaryFolder();
        using var held = FileLock.TryTake(folder.Of("lock"));
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FileLock.TakeAsync(folder.Of("lock"), cancellation: soon.Token));
    }

    /// <summary>Holders that remove the file open and lock it again and again, so that some lock a file that is gone already.</summary>
    [Fact]
    public async Task Removing_the_file_lets_no_two_hold_the_lock()
    {
        using var folder = new TemporaryFolder();
        var (holders, together, taken) = (0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 2000; i++)
            {
                if (FileLock.TryTake(folder.Of("lock")) is not { } held)
                    continue;
                Interlocked.Increment(ref taken);
                if (Interlocked.Increment(ref holders) > 1)
                    Interlocked.Increment(ref together);
                Thread.SpinWait(2000);
                Interlocked.Decrement(ref holders);
                held.Remove();
            }
        }, TestContext.Current.CancellationToken)));
        Assert.NotEqual(0, taken);
        Assert.Equal(0, together);
        Assert.False(File.Exists(folder.Of("lock")));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_no_lock_held_by_another() =>
        Assert.ThrowsAny<IOException>(() => FileLock.TryTake("/proc/no-such-folder/lock"));
}
