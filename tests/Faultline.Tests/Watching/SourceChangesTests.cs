using Faultline.Cli.Watching;
using Faultline.Harness.Sources.Trees;

namespace Faultline.Cli.Tests.Watching;

/// <summary>Real files, real inotify.</summary>
public sealed class SourceChangesTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("watched tree ").FullName;

    [Fact]
    public async Task A_save_in_a_folder_below_is_told_once_with_all_of_its_files()
    {
        Write("mm/memory.c", "1");
        using var changes = new SourceChanges([_folder]);
        var next = changes.NextAsync(TestContext.Current.CancellationToken);
        Write("mm/memory.c", "2");
        Write("mm/memory.c", "3");
        Write("fs/new.c", "1");
        Assert.Equal([Of("fs/new.c"), Of("mm/memory.c")], await next.WaitAsync(Long, TestContext.Current.CancellationToken));
    }

    /// <summary>As editors do it: written elsewhere, then renamed into place.</summary>
    [Fact]
    public async Task A_file_that_is_renamed_into_place_is_a_save()
    {
        Write("mm/memory.c", "1");
        using var changes = new SourceChanges([_folder]);
        var next = changes.NextAsync(TestContext.Current.CancellationToken);
        Write("mm/sedX1y2z3", "2");
        File.Move(Of("mm/sedX1y2z3"), Of("mm/memory.c"), overwrite: true);
        Assert.Equal([Of("mm/memory.c")], await next.WaitAsync(Long, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_no_run_reads_and_what_is_as_it_was_is_no_save()
    {
        Write("mm/memory.c", "1");
        using var changes = new SourceChanges([_folder]);
        var first = changes.NextAsync(TestContext.Current.CancellationToken);
        Write("mm/memory.c", "2");
        await first.WaitAsync(Long, TestContext.Current.CancellationToken);

        var next = changes.NextAsync(TestContext.Current.CancellationToken);
        Write("mm/memory.c", "2");
        string[] others = [".git/index", "mm/.memory.c.swp", "mm/memory.c.orig", "mm/.memory.o.cmd", "src/X/obj/x.dll", ".config"];
        foreach (var other in others)
            Write(other, "x");
        Write("mm/memory.o", "x");
        await Assert.ThrowsAsync<TimeoutException>(() => next.WaitAsync(SourceChanges.Quiet * 4, TestContext.Current.CancellationToken));
        File.Delete(Of("mm/memory.c"));
        Assert.Equal([Of("mm/memory.c")], await next.WaitAsync(Long, TestContext.Current.CancellationToken));
    }

    /// <summary>A tree that is built in place while it is watched: kbuild's record of a product comes after the product.</summary>
    [Fact]
    public async Task A_product_is_no_save_although_its_record_comes_later()
    {
        Write("mm/memory.c", "1");
        using var changes = new SourceChanges([_folder]);
        var next = changes.NextAsync(TestContext.Current.CancellationToken);
        Write("mm/memory.o", "x");
        await Task.Delay(SourceChanges.Quiet / 3, TestContext.Current.CancellationToken);
        Write("mm/.memory.o.cmd", "x");
        await Assert.ThrowsAsync<TimeoutException>(() => next.WaitAsync(SourceChanges.Quiet * 4, TestContext.Current.CancellationToken));
    }

    /// <summary>What is left behind where kbuild has no record of it.</summary>
    [Theory]
    [InlineData("probe.o")]
    [InlineData("mm/libx.a")]
    [InlineData("a.out")]
    [InlineData("mm/.goutputstream-X1Y2Z3")]
    [InlineData("mm/memory.c___jb_tmp___")]
    public async Task What_compilers_and_editors_leave_is_no_save(string name)
    {
        Write("mm/memory.c", "1");
        using var changes = new SourceChanges([_folder]);
        var next = changes.NextAsync(TestContext.Current.CancellationToken);
        Write(name, "x");
        await Assert.ThrowsAsync<TimeoutException>(() => next.WaitAsync(SourceChanges.Quiet * 4, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_only_touched_is_no_save()
    {
        Write("series/mine/variant.toml", "1");
        using var changes = new SourceChanges([_folder]);
        changes.Before = new KnownContents(tree: null, [_folder], _folder).Find;
        var next = changes.NextAsync(TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(Of("series/mine/variant.toml"), DateTime.UtcNow);
        await Assert.ThrowsAsync<TimeoutException>(() => next.WaitAsync(SourceChanges.Quiet * 4, TestContext.Current.CancellationToken));
        Write("series/mine/variant.toml", "2");
        Assert.Equal([Of("series/mine/variant.toml")], await next.WaitAsync(Long, TestContext.Current.CancellationToken));
    }

    /// <summary>A kernel tree is too large to be read for that; what a run noted of it does.</summary>
    [Fact]
    public async Task What_a_run_read_of_a_tree_is_known_when_it_is_touched()
    {
        using var caches = new Harness.Tests.TemporaryFolder();
        var tree = Path.Combine(_folder, "linux");
        var now = DateTimeOffset.UtcNow;
        foreach (var file in (string[])["before.c", "later.c", "unknown.c"])
            Write($"linux/{file}", file);
        Note(now, "before.c");
        var known = new KnownContents(tree, [tree], caches.Path);
        Assert.Equal(SourceChanges.ContentOf(Of("linux/before.c")), known.Find(Of("linux/before.c")));
        Assert.Null(known.Find(Of("linux/later.c")));
        await Task.Delay(20, TestContext.Current.CancellationToken);
        Note(now, "before.c", "later.c");
        Assert.Equal(SourceChanges.ContentOf(Of("linux/later.c")), known.Find(Of("linux/later.c")));
        Assert.Null(known.Find(Of("linux/unknown.c")));
        Assert.Null(known.Find(Of("elsewhere.c")));

        // One that was saved after it was noted is not what it was.
        Write("linux/before.c", "other");
        Assert.Null(new KnownContents(tree, [tree], caches.Path).Find(Of("linux/before.c")));

        void Note(DateTimeOffset at, params string[] files) => DigestCache.Of(tree, caches.Path).Replace(
            files.Select(file => (file, FileStamp.Of(Of($"linux/{file}"))!.Value, FileDigest.OfFile(Of($"linux/{file}")))),
            at + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_save_while_nobody_waits_is_not_lost()
    {
        using var changes = new SourceChanges([_folder]);
        Write("a.patch", "1");
        await Task.Delay(SourceChanges.Quiet, TestContext.Current.CancellationToken);
        var next = changes.NextAsync(TestContext.Current.CancellationToken);
        Assert.Equal([Of("a.patch")], await next.WaitAsync(Long, TestContext.Current.CancellationToken));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Of(string file) => Path.Combine(_folder, file);

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Of(file))!);
        File.WriteAllText(Of(file), text);
    }
}
