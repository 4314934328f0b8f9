using System.Diagnostics.CodeAnalysis;
using CliWrap;
using CliWrap.Buffered;
using CsCheck;

namespace Faultline.Harness.Tests.Kernels;

/// <summary>images/kernel-steps/update-tree.sh: the tree of an earlier series becomes that of another one, file by file.</summary>
public sealed class UpdateTreeTests : IDisposable
{
    private static readonly string[] Names = ["Makefile", "mm/a.c", "mm/b c.c", "mm/new/d.c"];

    /// <summary>For each name what it holds; 0 is no file.</summary>
    private static readonly Gen<int[]> Contents = Gen.Int[0, 2].Array[Names.Length];

    /// <summary>For each name what a series makes of it; -1 is nothing.</summary>
    private static readonly Gen<int[]> Series = Gen.Int[-1, 2].Array[Names.Length];

    private static readonly DateTime Old = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Any_tree_becomes_what_source_and_series_say_and_only_what_differs_looks_new() =>
        Gen.Select(Contents, Series, Contents, Series, Gen.Bool).SampleAsync(
            async (before, first, after, second, moved) =>
            {
                var from = moved ? after : before;
                Make(before, first, from, second);
                Assert.Equal(0, (await RunAsync()).ExitCode);
                foreach (var (name, i) in Names.Select((name, i) => (name, i)))
                {
                    var (was, wanted) = (Of(before, first, i), Of(from, second, i));
                    var file = _folder.Of("tree", name);
                    Assert.Equal(wanted == 0 ? null : Text(wanted), File.Exists(file) ? File.ReadAllText(file) : null);
                    if (wanted != 0)
                        Assert.Equal(was == wanted, File.GetLastWriteTimeUtc(file) == Old);
                    var pristine = _folder.Of("pristine", name);
                    Assert.Equal(from[i] == 0 ? null : Text(from[i]), File.Exists(pristine) ? File.ReadAllText(pristine) : null);
                }

                Assert.Equal("new", File.ReadAllText(_folder.Of("tree", ".git", "HEAD")));
                Assert.False(Directory.Exists(_folder.Of("fresh")));
            },
            iter: 60,
            threads: 1);

    [Fact]
    public async Task An_update_that_was_killed_is_done_to_its_end_by_the_next_one()
    {
        int[] source = [1, 1, 1, 0], first = [-1, 2, -1, 2], second = [2, -1, 0, -1];
        Make(source, first, source, second);
        // Killed after the first file.
        var killed = await RunAsync("find_differences; mv() { command mv \"$@\"; exit 9; }; update_tree");
        Assert.Equal((9, false), (killed.ExitCode, File.Exists(_folder.Of("tree.key"))));
        Assert.Equal(Text(2), File.ReadAllText(_folder.Of("tree", Names[0])));
        // And then a series that has nothing to do with either.
        Directory.Delete(_folder.Of("fresh"), recursive: true);
        MakeFresh([-1, -1, -1, -1], source);
        Assert.Equal(0, (await RunAsync()).ExitCode);
        Assert.Equal([Text(1), Text(1), Text(1)], Names.Take(3).Select(name => File.ReadAllText(_folder.Of("tree", name))));
        Assert.False(File.Exists(_folder.Of("tree", Names[3])));
    }

    [Fact]
    [SuppressMessage("Interoperability", "CA1416", Justification = "The scripts run on Linux only.")]
    public async Task A_changed_mode_is_a_change()
    {
        int[] source = [1, 1, 1, 1], series = [-1, 2, -1, -1];
        Make(source, series, source, series);
        var fresh = _folder.Of("fresh", Names[1]);
        File.SetUnixFileMode(fresh, File.GetUnixFileMode(fresh) | UnixFileMode.UserExecute);
        Assert.Equal(0, (await RunAsync()).ExitCode);
        Assert.True(File.GetUnixFileMode(_folder.Of("tree", Names[1])).HasFlag(UnixFileMode.UserExecute));
    }

    [Theory]
    [InlineData("fresh/mm/a.c", "a link in the series")]
    [InlineData("tree/mm/a.c", "a link in the tree")]
    [InlineData("pristine/mm", "a folder that is a link")]
    public async Task What_is_no_plain_file_is_left_to_a_whole_new_tree(string link, string why)
    {
        int[] source = [1, 1, 1, 0], series = [-1, 2, -1, -1];
        Make(source, series, source, series);
        var path = _folder.Of(link);
        if (Directory.Exists(path))
            Directory.Move(path, path + ".real");
        File.Delete(path);
        File.CreateSymbolicLink(path, "elsewhere");
        Assert.True((await RunAsync()).ExitCode == 1, why);
        Assert.True(File.Exists(_folder.Of("tree.key")), "nothing was changed");
    }

    private static int Of(int[] source, int[] series, int name) => series[name] < 0 ? source[name] : series[name];

    private static string Text(int content) => $"content {content}\n";

    /// <summary>A tree of one source and series, the source as it is now, and the files of the new series.</summary>
    private void Make(int[] before, int[] first, int[] now, int[] second)
    {
        foreach (var entry in new DirectoryInfo(_folder.Path).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo folder)
                folder.Delete(recursive: true);
            else
                entry.Delete();
        }

        foreach (var place in (string[])["pristine", "tree", "tree/.git"])
            Directory.CreateDirectory(_folder.Of(place));
        foreach (var (name, i) in Names.Select((name, i) => (name, i)))
        {
            Write("pristine", name, before[i]);
            if (Of(before, first, i) != before[i])
                Write("tree", name, Of(before, first, i));
            else if (before[i] != 0)
                Link("pristine", "tree", name);
        }

        _folder.Write("tree.changed", Changed(before, first));
        _folder.Write("tree/.git/pristine.key", "1\n");
        _folder.Write("tree.key", "key");
        _folder.Write("pristine.key", ReferenceEquals(before, now) ? "1\n" : "2\n");
        foreach (var (name, i) in Names.Select((name, i) => (name, i)))
        {
            // A new inode, as take-snapshot makes it.
            if (before[i] != now[i])
            {
                if (before[i] != 0)
                    File.Delete(_folder.Of("pristine", name));
                Write("pristine", name, now[i]);
            }
        }

        MakeFresh(second, now);
    }

    private void MakeFresh(int[] series, int[] source)
    {
        _folder.Write("fresh/.git/HEAD", "new");
        foreach (var (name, i) in Names.Select((name, i) => (name, i)))
            if (series[i] >= 0)
                Write("fresh", name, series[i]);
        _folder.Write("fresh.changed", Changed(source, series));
    }

    private static string Changed(int[] source, int[] series) =>
        string.Concat(Names.Where((_, i) => Of(source, series, i) != source[i]).Select(name => name + "\n"));

    private void Write(string place, string name, int content)
    {
        if (content == 0)
            return;
        _folder.Write($"{place}/{name}", Text(content));
        File.SetLastWriteTimeUtc(_folder.Of(place, name), Old);
    }

    private void Link(string from, string to, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Of(to, name))!);
        using var link = System.Diagnostics.Process.Start("ln", [_folder.Of(from, name), _folder.Of(to, name)]);
        link.WaitForExit();
    }

    private Task<BufferedCommandResult> RunAsync(string script = "if find_differences; then update_tree; else exit 1; fi") =>
        Cli.Wrap("sh")
            .WithArguments(["-euc", $". \"$0\"\nworktree=tree\n{script}", RepositoryRoot.Of("images", "kernel-steps", "update-tree.sh")])
            .WithWorkingDirectory(_folder.Path).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(Token);
}
