using System.Text;
using Faultline.Harness.Docker;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;
using Faultline.Harness.Tests.Docker;

namespace Faultline.Harness.Tests.Kernels;

/// <summary>A kernel is made of what its key says, whatever happens to the user's tree before, during and after.</summary>
[Trait("needs", "engine")]
public sealed class ToySnapshotTests(EngineFixture fixture) : IAsyncDisposable
{
    private const string Other = "mm/other.c";
    private readonly ToyTree _tree = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Checkout Checkout => new(RepositoryRoot.Path, _tree.Of("artifacts"));

    private KernelRequest Request => new()
    {
        // Other tests look for containers of the name toy, and kill one.
        Name = "copied",
        Source = new KernelSource.Tree(_tree.Path),
        Fragments = [_tree.Write("toy.config", "CONFIG_TOY=y\n")],
        Tag = "-toy",
    };

    public async ValueTask DisposeAsync()
    {
        var engine = await fixture.EngineAsync();
        await engine.Volumes.RemoveAsync(new StepRunner(engine, Checkout, Request).Volume, CancellationToken.None);
        _tree.Dispose();
    }

    private async Task<(BuiltKernel Kernel, RecordedProgress Progress)> BuildAsync(
        Action<HarnessEvent>? watch = null, CancellationToken? cancellation = null)
    {
        var progress = watch is null ? new RecordedProgress() : new RecordedProgress(watch);
        var kernel = await new KernelBuilder(Checkout, _ => fixture.EngineAsync()).BuildAsync(Request, progress, cancellation ?? Token);
        return (kernel, progress);
    }

    private string Of(string name) => Path.Combine(_tree.Path, name);

    private void Mark(string word, string file = Other) => _tree.Write($"tree/{file}", $"const char mark[] = \"mark {word}\";\n");

    private static void AssertMark(string word, BuiltKernel kernel) =>
        Assert.Contains($"mark {word}\0", Encoding.Latin1.GetString(File.ReadAllBytes(kernel.Vmlinux)), StringComparison.Ordinal);

    /// <summary>Lets every build print what the source holds.</summary>
    private void ListTheSource() => File.AppendAllText(
        Of("Makefile"), "bzImage: listed\nlisted:\n\t@find . -path ./.git -prune -o ! -type d -printf 'has %p %l\\n'\n");

    private static List<string> Listed(RecordedProgress progress) => BuildLines(progress, "has ./");

    private static List<string> Compiled(RecordedProgress progress) => BuildLines(progress, "  CC      ");

    private static List<string> BuildLines(RecordedProgress progress, string start) =>
    [
        .. progress.Lines(Phase.Build).Where(line => line.StartsWith(start, StringComparison.Ordinal))
            .Select(line => line[start.Length..].TrimEnd()),
    ];

    [Fact]
    public async Task A_file_saved_while_the_kernel_is_built_is_part_of_the_next_one()
    {
        Mark("before");
        var saved = false;
        var (first, progress) = await BuildAsync(e =>
        {
            if (saved || e is not PhaseStarted { Phase: Phase.Configure or Phase.Build })
                return;
            saved = true;
            Mark("during");
        });
        AssertMark("before", first);
        Assert.Contains("the tree changed during the build", progress.Finished(Phase.Extract).Reason, StringComparison.Ordinal);

        var (second, _) = await BuildAsync();
        Assert.False(second.Cached);
        AssertMark("during", second);
        Assert.True((await BuildAsync()).Kernel.Cached);
    }

    [Theory]
    [InlineData("an old time stamp", "later")]
    [InlineData("the same size and time stamp", "other")]
    public async Task What_is_put_back_is_built_again_with(string what, string word)
    {
        Mark("first");
        var time = File.GetLastWriteTimeUtc(Of(Other)) - TimeSpan.FromDays(1);
        File.SetLastWriteTimeUtc(Of(Other), time);
        await BuildAsync();
        Mark(word);
        File.SetLastWriteTimeUtc(Of(Other), time);
        var (changed, progress) = await BuildAsync();
        AssertMark(word, changed);
        Assert.True(Compiled(progress) is ["mm/other.o"], what);

        Mark("first");
        File.SetLastWriteTimeUtc(Of(Other), time);
        AssertMark("first", (await BuildAsync()).Kernel);
    }

    [Fact]
    public async Task A_touched_file_is_not_built_again()
    {
        await BuildAsync();
        File.SetLastWriteTimeUtc(Of(Other), DateTime.UtcNow);
        Assert.True((await BuildAsync()).Kernel.Cached);
    }

    [Fact]
    public async Task The_copy_follows_files_folders_and_links_as_they_come_and_go()
    {
        ListTheSource();
        string[] names = ["lib/a file", "lib/größe.h", "lib/line\nbreak", "-rf", "gone/below/it", "becomes/file", "link target"];
        foreach (var name in names)
            _tree.Write($"tree/{name}", "one");
        File.CreateSymbolicLink(Of("becomes-folder"), "lib");
        File.CreateSymbolicLink(Of("turns"), "mm");
        var first = Listed((await BuildAsync()).Progress);
        string[] some = ["lib/a file", "lib/größe.h", "-rf", "gone/below/it", "becomes/file", "becomes-folder lib", "turns mm"];
        Assert.Empty(some.Except(first));

        Directory.Delete(Of("gone"), recursive: true);
        Directory.Delete(Of("becomes"), recursive: true);
        _tree.Write("tree/becomes", "a file now");
        File.Delete(Of("becomes-folder"));
        _tree.Write("tree/becomes-folder/inside", "a folder now");
        File.Delete(Of("turns"));
        File.CreateSymbolicLink(Of("turns"), "fs");
        File.Delete(Of("-rf"));
        File.Delete(Of("lib/line\nbreak"));
        var (_, progress) = await BuildAsync();
        var before = first.Where(line => !line.Contains("gone", StringComparison.Ordinal));
        string[] gone = ["becomes/file", "becomes-folder lib", "turns mm", "-rf", "lib/line"];
        string[] expected = [.. before.Except(gone), "becomes", "becomes-folder/inside", "turns fs"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Listed(progress).Order(StringComparer.Ordinal));
        Assert.Empty(Compiled(progress));
    }

    [Fact]
    public async Task A_tree_built_in_place_is_built_without_what_that_left()
    {
        ListTheSource();
        string[] products =
        [
            ".config", "include/config/auto.conf", "include/generated/bounds.h", "lib/generated.h", "mm/.other.o.cmd", "mm/other.o", "vmlinux",
        ];
        foreach (var name in products)
            _tree.Write($"tree/{name}", "made in place");
        var listed = Listed((await BuildAsync()).Progress);
        string[] sources = ["Kconfig", "Makefile", "include/uapi/linux/userfaultfd.h", "mm/other.c", "mm/userfaultfd.c"];
        Assert.Equal(sources, listed.Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Of("lib/generated.h")));
    }

    [Fact]
    public async Task A_tree_that_changes_while_it_is_copied_is_copied_again()
    {
        await BuildAsync();
        Mark("copied", "mm/userfaultfd.c");
        var changed = false;
        var (kernel, progress) = await BuildAsync(e =>
        {
            if (changed || e is not PhaseOutput { Phase: Phase.Source } line || !line.Line.Contains("copying", StringComparison.Ordinal))
                return;
            changed = true;
            File.WriteAllText(Of(Other), "const char late[] = \"mark late\";\n");
        });
        AssertMark("copied", kernel);
        AssertMark("late", kernel);
        Assert.Contains(progress.Lines(Phase.Source), line => line.Contains("copying again, 1 new or changed", StringComparison.Ordinal));
        Assert.DoesNotContain("during the build", progress.Finished(Phase.Extract).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_never_holds_still_is_given_up_in_plain_words()
    {
        await BuildAsync();
        var round = 0;
        Mark("round 0");
        var failure = await Assert.ThrowsAsync<TreeUnreadableException>(() => BuildAsync(e =>
        {
            if (e is PhaseOutput { Phase: Phase.Source } line && line.Line.Contains("copying", StringComparison.Ordinal))
                _tree.Write($"tree/mm/{round++}.h", "new");
        }));
        Assert.Contains("changed each of the 3 times that it was copied", failure.Message, StringComparison.Ordinal);
        AssertMark("round 0", (await BuildAsync()).Kernel);
    }

    [Fact]
    public async Task A_change_that_kconfig_reads_configures_again_and_one_in_C_does_not()
    {
        await BuildAsync();
        Mark("edited");
        Assert.Equal("unchanged: config", (await BuildAsync()).Progress.Finished(Phase.Configure).Reason);
        File.AppendAllText(Of("Kconfig"), "\n# edited\n");
        Assert.Equal("source changed", (await BuildAsync()).Progress.Finished(Phase.Configure).Reason);
    }

    [Fact]
    public async Task A_fragment_edited_while_the_kernel_is_built_is_built_with_too()
    {
        var edited = false;
        var (kernel, progress) = await BuildAsync(e =>
        {
            if (edited || e is not PhaseStarted { Phase: Phase.Build })
                return;
            edited = true;
            File.WriteAllText(_tree.Of("toy.config"), "CONFIG_TOY=y\nCONFIG_LATER=y\n");
        });
        Assert.Contains("CONFIG_LATER=y", File.ReadAllText(kernel.Config), StringComparison.Ordinal);
        var builds = progress.Events.OfType<PhaseFinished>().Where(e => e.Phase == Phase.Build);
        Assert.Equal(["no earlier result", "config changed during the build"], builds.Select(e => e.Reason));
    }

    [Fact]
    public async Task Inputs_that_never_hold_still_leave_no_result()
    {
        var round = 0;
        var failure = await Assert.ThrowsAsync<UnsteadyInputsException>(() => BuildAsync(e =>
        {
            if (e is PhaseStarted { Phase: Phase.Build })
                File.WriteAllText(_tree.Of("toy.config"), $"CONFIG_TOY=y\nCONFIG_ROUND={++round}\n");
        }));
        Assert.Contains("config changed during each of 3 builds", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, round);
        Assert.False(File.Exists(Path.Combine(Checkout.KernelFolder(Request.Id.Name), "state.json")));
    }

    /// <summary>Root reads everything, but not root in a container without capabilities.</summary>
    [Fact]
    public async Task A_tree_of_another_user_is_built_when_the_caller_can_read_it()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can give files away");
        foreach (var command in (string[][])[["chown", "-R", "12345:12345", _tree.Path], ["chmod", "-R", "go=,u=rwX", _tree.Path]])
            await CliWrap.Cli.Wrap(command[0]).WithArguments(command[1..]).ExecuteAsync(Token);
        Assert.Equal("9.9.9-toy", (await BuildAsync()).Kernel.Release);
    }

    /// <summary>
    /// The Makefile makes most of it look an hour old, then two products as a kill leaves them: one written a moment
    /// ago, one that is newer than kbuild's record of it.
    /// </summary>
    [Fact]
    public async Task A_killed_build_goes_on_with_the_objects_that_are_whole()
    {
        _tree.Write("tree/fs/whole.c", "int whole;\n");
        _tree.Write("tree/fs/recent.c", "int recent;\n");
        _tree.Write("tree/fs/long.c", "int half;\n");
        var makefile = File.ReadAllText(Of("Makefile"));
        File.WriteAllText(Of("Makefile"), makefile + """

            bzImage: slow
            slow: announced
            	@sleep 600
            announced: aged
            	@echo waiting
            aged: $(O)/vmlinux
            	@find $(CURDIR) -name '*.[ch]' -exec touch -d '2 hours ago' '{}' +
            	@find $(O) -type f -exec touch -d '1 hour ago' '{}' +
            	@for n in whole long; do touch -d '59 minutes ago' $(O)/fs/.$$n.o.cmd; done
            	@echo half > $(O)/fs/long.o; touch -d '58 minutes ago' $(O)/fs/long.o
            	@echo half > $(O)/fs/recent.o

            """);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => BuildAsync(e =>
        {
            if (e is PhaseOutput { Phase: Phase.Build, Line: "waiting" })
                source.Cancel();
        }, source.Token));

        File.WriteAllText(Of("Makefile"), makefile);
        var (kernel, progress) = await BuildAsync();
        Assert.Equal(["fs/long.o", "fs/recent.o"], Compiled(progress).Order(StringComparer.Ordinal));
        Assert.Equal("9.9.9-toy", kernel.Release);
    }
}
