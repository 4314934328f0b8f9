using System.Text;
using CliWrap.Buffered;
using Faultline.Harness.Docker;
using Faultline.Harness.Identity;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;
using Faultline.Harness.Tests.Docker;

namespace Faultline.Harness.Tests.Kernels;

/// <summary>The path from source and series to results, on a tree that builds in no time.</summary>
[Trait("needs", "engine")]
// One after the other: some remove every container of the kernel's name.
[Collection("toy kernels")]
public sealed class ToyKernelTests(EngineFixture fixture) : ToyKernels(fixture)
{
    [Fact]
    public async Task A_users_tree_is_built_elsewhere_and_never_written_to()
    {
        var before = Snapshot();
        var (kernel, progress) = await BuildAsync(Request());
        Assert.Equal("9.9.9-toy", kernel.Release);
        Assert.Equal("#define UFFD_TOY 1\n", File.ReadAllText(kernel.UapiHeader));
        Assert.All((string[])[kernel.BzImage, kernel.Vmlinux, kernel.Config], path => Assert.True(File.Exists(path), path));
        Assert.Contains("CONFIG_LOCALVERSION=\"\"", File.ReadAllText(kernel.Config), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
        Assert.Equal("no series", progress.Finished(Phase.Apply).Reason);
        Assert.Equal("no earlier result", progress.Finished(Phase.Build).Reason);
    }

    [Fact]
    public async Task A_kernel_with_another_configuration_on_top_leaves_the_plain_one_cached()
    {
        await BuildAsync(Request());
        var fragment = Tree.Write("debug.config", "CONFIG_DEBUG_TOY=y\n");
        var debug = Request() with
        {
            Fragments = [Tree.Of("toy.config"), fragment], Flavour = KernelFlavour.Of([fragment], RepositoryRoot.Path),
        };
        var (other, _) = await BuildAsync(debug);
        Assert.Contains("CONFIG_DEBUG_TOY=y", File.ReadAllText(other.Config), StringComparison.Ordinal);

        var (again, progress) = await BuildAsync(Request());
        Assert.True(again.Cached);
        Assert.DoesNotContain("CONFIG_DEBUG_TOY", File.ReadAllText(again.Config), StringComparison.Ordinal);
        Assert.All(progress.Events, e => Assert.Equal(Request().Id.Name, e.Id));
        Assert.True((await BuildAsync(debug)).Kernel.Cached);
    }

    /// <summary>A prune takes what nobody holds, and between two steps no container has the volumes.</summary>
    [Fact]
    public async Task Between_two_steps_the_run_holds_its_volumes()
    {
        var request = Request();
        var steps = new StepRunner(await Engines.EngineAsync(), Checkout, request);
        var free = new List<string>();
        await Builder.BuildAsync(request, new RecordedProgress(e =>
        {
            if (e is not PhaseFinished { Phase: Phase.Source or Phase.Configure or Phase.Build } step)
                return;
            foreach (var volume in (string[])[steps.Volume, steps.CompilerCache])
            {
                using var taken = FileLock.TryTake(VolumeOperations.LockOf(volume));
                if (taken is not null)
                    free.Add($"{volume} after {step.Phase}");
            }
        }), Token);
        Assert.Empty(free);
        using var after = FileLock.TryTake(steps.Lock);
        Assert.NotNull(after);
    }

    /// <summary>It has the system call: in fs up to Linux 6.18, in mm as of 7.3.</summary>
    [Theory]
    [InlineData("fs/userfaultfd.c")]
    [InlineData("mm/userfaultfd.c")]
    public async Task The_types_of_one_object_are_kept_and_no_other_object_pays_for_it(string file)
    {
        Assert.Null((await BuildAsync(Request())).Kernel.UserfaultfdBtf);
        Tree.Write("tree/" + file, "struct uffd_toy { char a; long b; } toy; /* SYSCALL_DEFINE1(userfaultfd, int, flags) */\n");
        Tree.Write("tree/fs/neighbour.c", "struct neighbour { char a; } neighbour;\n");
        var (kernel, progress) = await BuildAsync(Request());
        Assert.Equal("source changed", progress.Finished(Phase.Build).Reason);
        using var types = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(kernel.UserfaultfdBtf!));
        var record = Assert.Single(types.RootElement.GetProperty("types").EnumerateArray(), type => type.GetProperty("kind").GetString() == "STRUCT");
        Assert.Equal(("uffd_toy", 16), (record.GetProperty("name").GetString(), record.GetProperty("size").GetInt32()));
        Assert.Contains(".debug_info", Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(kernel.Folder, "userfaultfd.o"))), StringComparison.Ordinal);
        // What is kept of the whole carries no debug information.
        Assert.DoesNotContain(".debug_info", Encoding.Latin1.GetString(File.ReadAllBytes(kernel.Vmlinux)), StringComparison.Ordinal);

        Tree.Write("tree/" + file, "int nothing;\n");
        Assert.Null((await BuildAsync(Request())).Kernel.UserfaultfdBtf);
    }

    [Fact]
    public async Task Nothing_changed_means_that_not_even_the_engine_is_asked()
    {
        await BuildAsync(Request());
        var progress = new RecordedProgress();
        var alone = new KernelBuilder(Checkout, _ => throw new InvalidOperationException("the engine was asked"));
        var again = await alone.BuildAsync(Request(), progress, Token);
        Assert.True(again.Cached);
        Assert.Equal("9.9.9-toy", again.Release);
        Assert.All(progress.Events.OfType<PhaseFinished>(), p => Assert.StartsWith("unchanged: ", p.Reason, StringComparison.Ordinal));

        File.Delete(again.BzImage);
        await Assert.ThrowsAsync<InvalidOperationException>(() => alone.BuildAsync(Request(), progress, Token));
    }

    [Fact]
    public async Task A_series_is_applied_to_a_copy_and_an_edited_patch_compiles_only_what_it_changed()
    {
        var series = await Tree.SeriesAsync("mm/other.c", "return 2", "return 22");
        var (_, first) = await BuildAsync(Request(series));
        Assert.Equal(["  CC      mm/other.o", "  CC      mm/userfaultfd.o", "  LD      vmlinux"], Compilations(first).Order(StringComparer.Ordinal));

        await Tree.SeriesAsync("mm/other.c", "return 2", "return 222");
        var (_, second) = await BuildAsync(Request(series));
        Assert.Equal("series changed", second.Finished(Phase.Build).Reason);
        Assert.Equal(["  CC      mm/other.o", "  LD      vmlinux"], Compilations(second));

        // The patch no longer touches other.c: the pristine file is older than the object made from the patched one, and must win.
        await Tree.SeriesAsync("mm/userfaultfd.c", "return 1", "return 11");
        var (_, third) = await BuildAsync(Request(series));
        Assert.Equal(["  CC      mm/other.o", "  CC      mm/userfaultfd.o", "  LD      vmlinux"], Compilations(third).Order(StringComparer.Ordinal));

        var (_, fourth) = await BuildAsync(Request(series) with { Force = true });
        Assert.Equal("unchanged: series", fourth.Finished(Phase.Apply).Reason);
        Assert.Empty(Compilations(fourth));
    }

    [Fact]
    public async Task A_series_edited_in_its_C_keeps_the_configuration_and_one_edited_in_its_Kconfig_does_not()
    {
        var series = await Tree.SeriesAsync("mm/other.c", "return 2", "return 22");
        await BuildAsync(Request(series));
        await Tree.SeriesAsync("mm/other.c", "return 2", "return 222");
        Assert.Equal("unchanged: config", (await BuildAsync(Request(series))).Progress.Finished(Phase.Configure).Reason);

        await Tree.SeriesAsync("Kconfig", "never", "not ever");
        Assert.Equal("series changed", (await BuildAsync(Request(series))).Progress.Finished(Phase.Configure).Reason);
        await Tree.SeriesAsync("Kconfig", "never", "not now");
        Assert.Equal("series changed", (await BuildAsync(Request(series))).Progress.Finished(Phase.Configure).Reason);
        await Tree.SeriesAsync("mm/other.c", "return 2", "return 22");
        Assert.Equal("series changed", (await BuildAsync(Request(series))).Progress.Finished(Phase.Configure).Reason);
    }

    /// <summary>The tags differ and the configurations do not, unless a series has a say in them.</summary>
    [Fact]
    public async Task A_first_build_begins_with_the_configuration_of_base_where_the_same_is_asked_for()
    {
        await BuildAsync(Request() with { Name = "base", Tag = "-base" });
        var series = await Tree.SeriesAsync("mm/other.c", "return 2", "return 22");
        var (toy, progress) = await BuildAsync(Request(series));
        Assert.Equal(("9.9.9-toy", "unchanged: config"), (toy.Release, progress.Finished(Phase.Configure).Reason));

        await Tree.SeriesAsync("Kconfig", "never", "not ever");
        var other = (await BuildAsync(Request(series) with { Name = "other" })).Progress.Finished(Phase.Configure).Reason;
        Assert.Equal("no earlier result", other);
    }

    [Fact]
    public async Task Headers_for_programs_are_made_where_what_they_are_made_of_changed()
    {
        const string header = "include/uapi/linux/userfaultfd.h";
        var series = await Tree.SeriesAsync("mm/other.c", "return 2", "return 22");
        Assert.Equal((true, "#define UFFD_TOY 1\n"), await HeadersAsync());
        await Tree.SeriesAsync("mm/other.c", "return 2", "return 222");
        Assert.Equal((false, "#define UFFD_TOY 1\n"), await HeadersAsync());
        await Tree.SeriesAsync(header, "TOY 1", "TOY 2");
        Assert.Equal((true, "#define UFFD_TOY 2\n"), await HeadersAsync());
        // The series no longer has it, and nothing else of the source changed.
        await Tree.SeriesAsync("mm/other.c", "return 2", "return 22");
        Assert.Equal((true, "#define UFFD_TOY 1\n"), await HeadersAsync());
        Tree.Write("tree/" + header, "#define UFFD_TOY 3\n");
        Assert.Equal((true, "#define UFFD_TOY 3\n"), await HeadersAsync());

        async Task<(bool Made, string Header)> HeadersAsync()
        {
            var (kernel, progress) = await BuildAsync(Request(series));
            return (progress.Lines(Phase.Build).Any(line => line.Contains("HDRINST", StringComparison.Ordinal)),
                await File.ReadAllTextAsync(Path.Combine(kernel.Folder, "userfaultfd.h"), Token));
        }
    }

    [Fact]
    public async Task A_failed_build_leaves_the_last_good_result_and_what_it_was_made_from()
    {
        await BuildAsync(Request());
        await Assert.ThrowsAsync<KconfigDroppedException>(() => BuildAsync(Request(fragment: "CONFIG_TOY=y\nCONFIG_DROPPED=y\n")));
        Assert.True((await BuildAsync(Request())).Kernel.Cached);
    }

    [Fact]
    public async Task A_patch_that_does_not_fit_is_named_and_leaves_no_result()
    {
        var series = await Tree.SeriesAsync("mm/other.c", "return 2", "return 22");
        File.WriteAllText(Path.Combine(Tree.Path, "mm/other.c"), "nothing\nlike\nbefore\n");
        var failure = await Assert.ThrowsAsync<PatchDoesNotApplyException>(() => BuildAsync(Request(series)));
        Assert.Equal("0001-change.patch", failure.Failure.Patch);
        Assert.Equal("mm/other.c", Assert.Single(failure.Failure.Hunks).File);
        Assert.Equal([], Results());
    }

    [Fact]
    public async Task A_forgotten_series_file_and_an_mbox_in_any_order_make_the_whole_kernel_and_say_what_was_left_out()
    {
        var mails = ToyTree.Mails(2, (0, "0", "0"), (1, "2", "22"), (2, "22", "222"));
        var mbox = Tree.Write("series/all.mbox", mails[2] + mails[0] + mails[1]);
        var (_, progress) = await BuildAsync(Request(Path.GetDirectoryName(mbox)!));
        Assert.Equal(
            $"no earlier result, 2 commits; no series file in {Path.GetDirectoryName(mbox)}: its patches in the order of their numbers or names; "
            + "left out all.mbox (mail 2 of 3): a cover letter",
            progress.Finished(Phase.Apply).Reason);
        Assert.Contains("return 222;", await TakeAsync("mm/other.c"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("xz")]
    [InlineData("zstd")]
    public async Task A_compressed_patch_is_applied(string program)
    {
        var patch = Tree.Write("series/a.patch", ToyTree.Mails(1, (1, "2", "22"))[0]);
        await CliWrap.Cli.Wrap(program).WithArguments(["--quiet", patch]).ExecuteAsync(Token);
        File.Delete(patch);
        await BuildAsync(Request(Path.GetDirectoryName(patch)!));
        Assert.Contains("return 22;", await TakeAsync("mm/other.c"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_that_is_missing_is_named_and_leaves_no_result()
    {
        var mails = ToyTree.Mails(3, (1, "2", "22"), (3, "22", "222"));
        var mbox = Tree.Write("series/all.mbox", mails[0] + mails[1]);
        var failure = await Assert.ThrowsAsync<PatchDoesNotApplyException>(() => BuildAsync(Request(Path.GetDirectoryName(mbox)!)));
        Assert.Contains("the patch [PATCH 2/3] is missing", failure.Message, StringComparison.Ordinal);
        Assert.Equal([], Results());
    }

    [Fact]
    public async Task A_patch_that_the_tree_holds_already_is_no_commit_and_refused()
    {
        Tree.Write("tree/mm/other.c", "int two(void)\n{\n\treturn 22;\n}\n");
        // git falls back to a merge only when the mail says which blob it was made from.
        var before = await BlobAsync("int two(void)\n{\n\treturn 2;\n}\n");
        var after = await BlobAsync("int two(void)\n{\n\treturn 22;\n}\n");
        var mail = ToyTree.Mails(1, (1, "2", "22"))[0]
            .Replace("--- a/mm", $"index {before}..{after} 100644\n--- a/mm", StringComparison.Ordinal);
        var undo = mail.Replace("-\treturn 2;", "+\treturn 2;", StringComparison.Ordinal)
            .Replace("+\treturn 22;", "-\treturn 22;", StringComparison.Ordinal)
            .Replace($"{before}..{after}", $"{after}..{before}", StringComparison.Ordinal);
        Tree.Write("series/1.patch", undo.Replace("1/1", "PATCH", StringComparison.Ordinal));
        Tree.Write("series/2.patch", mail.Replace("1/1", "PATCH", StringComparison.Ordinal));
        Tree.Write("series/3.patch", mail.Replace("1/1", "PATCH", StringComparison.Ordinal));
        var failure = await Assert.ThrowsAsync<PatchDoesNotApplyException>(() => BuildAsync(Request(Tree.Of("series"))));
        Assert.Equal("3.patch", failure.Failure.Patch);
        Assert.Contains("git: No changes -- Patch already applied.", failure.Message, StringComparison.Ordinal);
        Assert.Equal([], Results());
    }

    [Fact]
    public async Task A_file_whose_name_is_not_ASCII_looks_new_when_its_patch_is_gone()
    {
        Tree.Write("tree/fs/ä b.txt", "x\n");
        Tree.Write("tree/fs/c.txt", "x\n");
        var makefile = Path.Combine(Tree.Path, "Makefile");
        File.WriteAllText(makefile, File.ReadAllText(makefile)
            .Replace("$(O)/vmlinux: $(objects)\n", "$(O)/vmlinux: $(objects) fs/ä\\ b.txt\n", StringComparison.Ordinal)
            .Replace("-o $@ $^", "-o $@ $(objects)", StringComparison.Ordinal));
        foreach (var file in (string[])["ä b.txt", "c.txt"])
        {
            Tree.Write("series/a.diff", $"--- a/fs/{file}\n+++ b/fs/{file}\n@@ -1 +1 @@\n-x\n+y\n");
            var (_, progress) = await BuildAsync(Request(Tree.Of("series")));
            Assert.Contains("  LD      vmlinux", Compilations(progress));
        }
    }

    /// <summary>A file of the toy's patched tree.</summary>
    private async Task<string> TakeAsync(string file)
    {
        var steps = new StepRunner(await Engines.EngineAsync(), Checkout, Built[^1]);
        var taken = Tree.Of("taken");
        using var phase = new PhaseScope(new RecordedProgress(), "toy", Phase.Extract, "");
        await steps.RunCheckedAsync(
            "take", phase, new Dictionary<string, string> { ["FILE"] = file }, null, [new ContainerOutput("/tmp/taken", taken)], cancellation: Token);
        return await File.ReadAllTextAsync(taken, Token);
    }

    private static async Task<string> BlobAsync(string content) => (await CliWrap.Cli.Wrap("git")
        .WithArguments(["hash-object", "--stdin", "--no-filters"])
        .WithStandardInputPipe(CliWrap.PipeSource.FromString(content)).ExecuteBufferedAsync(Token)).StandardOutput.Trim();

    private string Snapshot() => string.Join('\n', Directory.EnumerateFileSystemEntries(Tree.Path, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(p => $"{p} {File.GetLastWriteTimeUtc(p).Ticks}"));
}
