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

    [Fact]
    public void A_folder_that_cannot_be_made_is_no_lock_held_by_another() =>
        Assert.ThrowsAny<IOException>(() => FileLock.TryTake("/proc/no-such-folder/lock"));
}
