using System.Diagnostics;
using Faultline.Harness.Sources;
using Faultline.Harness.Sources.Trees;

namespace Faultline.Harness.Tests.Sources.Trees;

/// <summary>The key of a user's tree: it moves with whatever a build may read, and with nothing else.</summary>
public sealed class TreeScanTests : IDisposable
{
    private static readonly TimeSpan LongAgo = TimeSpan.FromHours(1);
    private readonly TemporaryFolder _folder = new();

    public TreeScanTests()
    {
        foreach (var file in (string[])["Makefile", "Kconfig", "mm/userfaultfd.c", "scripts/build"])
            _folder.Write($"tree/{file}", "one");
        foreach (var file in Directory.EnumerateFiles(Tree, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow - LongAgo);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Tree => _folder.Of("tree");

    private string Caches => _folder.Of("caches");

    public void Dispose() => _folder.Dispose();

    private Task<TreeScan> ScanAsync() => TreeScan.OfAsync(Tree, Caches, Token);

    private async Task<string> KeyAsync() => (await ScanAsync()).Manifest.Key;

    private string Of(string name) => Path.Combine(Tree, name);

    private void Write(string name, string text) => _folder.Write($"tree/{name}", text);

    private static void SetMode(string path, string mode) => RunProgram("chmod", mode, path);

    private static void RunProgram(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private async Task AssertMovesAsync(Action change)
    {
        var before = await KeyAsync();
        Assert.Equal(before, await KeyAsync());
        change();
        Assert.NotEqual(before, await KeyAsync());
    }

    private async Task AssertStaysAsync(Action change)
    {
        var before = await KeyAsync();
        change();
        Assert.Equal(before, await KeyAsync());
    }

    [Theory]
    [InlineData("mm/plain.c")]
    [InlineData("mm/größe.c")]
    [InlineData("mm/日本語.h")]
    [InlineData("mm/with blank.c")]
    [InlineData("mm/with \"quotes\" and 'more'.c")]
    [InlineData("mm/with\nnewline.c")]
    [InlineData("mm/with\ttab\\and backslash.c")]
    [InlineData("-rf")]
    [InlineData("localversion-mine")]
    [InlineData("mm/ignored.h")]
    public async Task A_file_of_any_name_counts_when_it_comes_is_edited_and_goes(string name)
    {
        Write(".gitignore", "ignored.h\nlocalversion*\n");
        await AssertMovesAsync(() => Write(name, "one"));
        await AssertMovesAsync(() => Write(name, "two"));
        await AssertMovesAsync(() => File.Delete(Of(name)));
    }

    /// <summary>The stat cache of git is fooled by this one, and make by its time alone.</summary>
    [Fact]
    public async Task An_edit_that_keeps_size_and_time_stamp_counts()
    {
        var file = Of("mm/userfaultfd.c");
        var time = File.GetLastWriteTimeUtc(file);
        // The first digest is kept, for the file is old; a change time cannot be made old, so the test waits for it.
        await SettleAsync();
        await KeyAsync();
        await AssertMovesAsync(() =>
        {
            File.WriteAllText(file, "two");
            File.SetLastWriteTimeUtc(file, time);
        });
        await AssertMovesAsync(() =>
        {
            File.WriteAllText(file + ".new", "six");
            File.SetLastWriteTimeUtc(file + ".new", time);
            File.Move(file + ".new", file, overwrite: true);
        });
    }

    [Fact]
    public async Task A_file_whose_time_alone_changes_keeps_the_key()
    {
        await AssertStaysAsync(() => File.SetLastWriteTimeUtc(Of("mm/userfaultfd.c"), DateTime.UtcNow));
        await AssertStaysAsync(
            () => File.Move(Of("Makefile"), Of("Makefile.moved")), undo: () => File.Move(Of("Makefile.moved"), Of("Makefile")));
    }

    private async Task AssertStaysAsync(Action change, Action undo)
    {
        var before = await KeyAsync();
        change();
        Assert.NotEqual(before, await KeyAsync());
        undo();
        Assert.Equal(before, await KeyAsync());
    }

    [Fact]
    public async Task The_executable_bit_counts_and_other_bits_do_not()
    {
        await AssertMovesAsync(() => SetMode(Of("scripts/build"), "755"));
        await AssertStaysAsync(() => SetMode(Of("scripts/build"), "700"));
        await AssertMovesAsync(() => SetMode(Of("scripts/build"), "600"));
    }

    [Fact]
    public async Task A_link_counts_by_where_it_leads_and_one_out_of_the_tree_by_what_is_there()
    {
        await AssertMovesAsync(() => File.CreateSymbolicLink(Of("mm/link.c"), "userfaultfd.c"));
        File.Delete(Of("mm/link.c"));
        await AssertMovesAsync(() => File.CreateSymbolicLink(Of("mm/link.c"), "../Makefile"));
        Assert.Equal('l', (await ScanAsync()).Manifest.Files["mm/link.c"].Mark);

        var outside = _folder.Write("outside.c", "one");
        await AssertMovesAsync(() => File.CreateSymbolicLink(Of("mm/outside.c"), "../../outside.c"));
        await AssertMovesAsync(() => File.CreateSymbolicLink(Of("mm/absolute.c"), outside));
        Assert.Equal('f', (await ScanAsync()).Manifest.Files["mm/outside.c"].Mark);
        await AssertMovesAsync(() => File.WriteAllText(outside, "two"));

        await AssertMovesAsync(() => File.CreateSymbolicLink(Of("mm/dangling.c"), "nowhere.c"));
        File.CreateSymbolicLink(Of("drivers"), "/usr");
        File.CreateSymbolicLink(Of("mm/loop"), ".");
        Assert.Contains("drivers, a link to /usr", Assert.Single((await ScanAsync()).Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_in_the_tree_is_not_waited_for()
    {
        RunProgram("mkfifo", Of("mm/pipe"));
        await KeyAsync().WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Theory]
    [InlineData(".git/index")]
    [InlineData("drivers/nested/.git")]
    [InlineData(".config")]
    [InlineData(".config.old")]
    [InlineData("vmlinux")]
    [InlineData("include/config/auto.conf")]
    [InlineData("include/generated/autoconf.h")]
    [InlineData("arch/x86/include/generated/asm/early_ioremap.h")]
    [InlineData("mm/.userfaultfd.o.cmd")]
    [InlineData("mm/.userfaultfd.c.swp")]
    [InlineData("mm/userfaultfd.c~")]
    [InlineData("mm/userfaultfd.c.orig")]
    [InlineData("mm/.#userfaultfd.c")]
    [InlineData(".tmp_vmlinux.kallsyms1.S")]
    [InlineData("cscope.out")]
    public async Task What_builds_editors_and_git_leave_does_not_count(string name) =>
        await AssertStaysAsync(() => Write(name, "anything"));

    [Fact]
    public async Task A_product_of_kbuild_is_known_by_the_record_beside_it()
    {
        await AssertMovesAsync(() => Write("drivers/blob.o", "a vendor's"));
        await AssertStaysAsync(() =>
        {
            Write("mm/.userfaultfd.o.cmd", "savedcmd");
            Write("mm/userfaultfd.o", "ELF");
        });
    }

    [Fact]
    public async Task A_folder_that_kbuild_builds_in_does_not_count()
    {
        await AssertStaysAsync(() =>
        {
            Write("out/Makefile", "include ../Makefile");
            Write("out/include/generated/bounds.h", "");
            Write("out/lib/crc32table.h", "");
            File.CreateSymbolicLink(Of("out/source"), "..");
        });
        await AssertMovesAsync(() => Write("out2/lib/crc32table.h", ""));
    }

    [Fact]
    public async Task What_cannot_be_used_of_the_cache_costs_time_only()
    {
        await SettleAsync();
        var key = await KeyAsync();
        var cache = Assert.Single(Directory.GetFiles(Caches));
        var whole = File.ReadAllBytes(cache);
        foreach (var damage in (byte[][])[[], [.. whole[..^100]], [.. whole[..50], (byte)~whole[50], .. whole[51..]], [.. whole, 0]])
        {
            File.WriteAllBytes(cache, damage);
            Assert.Equal(key, await KeyAsync());
        }

        File.Delete(cache);
        Directory.CreateDirectory(cache);
        Assert.Equal(key, await KeyAsync());
    }

    [Fact]
    public async Task A_name_that_cannot_be_opened_is_told_and_not_left_out()
    {
        RunProgram("sh", "-c", $"touch '{Tree}'/mm/$(printf 'gr\\366\\337e.c')");
        var failure = await Assert.ThrowsAsync<TreeUnreadableException>(KeyAsync);
        Assert.Contains("not UTF-8", failure.Message, StringComparison.Ordinal);
        // .NET itself cannot remove it.
        RunProgram("rm", "-r", Of("mm"));
    }

    /// <summary>Waits until digests of the present files are kept.</summary>
    private async Task SettleAsync()
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(60);
        while (DateTime.UtcNow < deadline)
        {
            await KeyAsync();
            if (Directory.Exists(Caches) && Directory.GetFiles(Caches) is [var cache] && new FileInfo(cache).Length > 400)
                return;
            await Task.Delay(1000, Token);
        }

        Assert.Fail("no digest was kept in a minute");
    }
}
