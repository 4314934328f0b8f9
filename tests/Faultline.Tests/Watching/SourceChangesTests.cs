using Faultline.Cli.Watching;

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
