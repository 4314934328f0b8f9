using Faultline.AbiDiff.Kinds;
using Faultline.AbiDiff.Reports;
using Faultline.AbiExtractor.Tests;
using Faultline.AbiModel;
using Faultline.AbiSources.Headers;
using Faultline.AbiSources.Tools;

namespace Faultline.AbiSources.Tests;

/// <summary>Kernel trees and their git revisions as sides.</summary>
[Trait("needs", "libclang")]
public sealed class TreeTests : IDisposable
{
    private readonly ToyKernel _kernel = new();
    private readonly TemporaryDirectory _cache = new();

    /// <summary>The cache of these tests is not the user's.</summary>
    public TreeTests() => Environment.SetEnvironmentVariable("XDG_CACHE_HOME", _cache.Path);

    public void Dispose()
    {
        _kernel.Dispose();
        _cache.Dispose();
    }

    private SideRequest Revision(string name) => new(name) { Tree = _kernel.Path, Header = "linux/toy.h", Target = "x86_64-linux-gnu" };

    private SideRequest Tree() => new(_kernel.Path) { Header = "linux/toy.h", Target = "x86_64-linux-gnu" };

    private static Task<AbiSide> LoadAsync(SideRequest request) => AbiSource.LoadAsync(request, TestContext.Current.CancellationToken);

    private static async Task<string> MessageAsync(SideRequest request) => (await Assert.ThrowsAsync<SideException>(() => LoadAsync(request))).Message;

    [Fact]
    public async Task Source_tree_is_installed_elsewhere_and_not_written_to()
    {
        var before = _kernel.Snapshot();
        var side = await LoadAsync(Tree());
        Assert.Equal("linux/toy.h", side.Spec.Header);
        Assert.Equal("toy", Assert.Single(side.Spec.Structs).Name);
        Assert.Equal(before, _kernel.Snapshot());
    }

    [Fact]
    public async Task Kernels_without_a_target_for_the_headers_alone_are_installed()
    {
        _kernel.Write("Makefile", ToyKernel.OldMakefile);
        Assert.Equal("toy", Assert.Single((await LoadAsync(Tree())).Spec.Structs).Name);
    }

    private SideRequest FileOf(string name) => new(Path.Combine(_kernel.Path, name)) { Target = "x86_64-linux-gnu" };

    /// <summary>Raw, it would include what its own architecture has only after make, and see what the kernel alone sees.</summary>
    [Fact]
    public async Task A_header_of_a_tree_named_by_its_file_is_read_as_the_tree_exports_it()
    {
        _kernel.Header("#include <asm/toy.h>\nenum toy { TOY = TOY_ARCH };\n");
        var side = await LoadAsync(FileOf("include/uapi/linux/toy.h"));
        Assert.Equal("linux/toy.h", side.Spec.Header);
        Assert.Equal(Path.Combine(_kernel.Path, "include/uapi/linux/toy.h"), side.Name);
        Assert.Equal(86, Assert.Single(Assert.Single(side.Spec.Enums).Members).Value);
    }

    [Fact]
    public async Task A_header_of_an_architecture_is_read_for_that_one_only()
    {
        Assert.Equal("asm/toy.h", (await LoadAsync(FileOf("arch/x86/include/uapi/asm/toy.h"))).Spec.Header);
        var other = FileOf("arch/arm64/include/uapi/asm/toy.h");
        Assert.EndsWith("is a header of arm64, and x86_64-linux-gnu is x86: name a target of arm64 with --target.",
            await MessageAsync(other), StringComparison.Ordinal);
        Assert.Equal("64", Assert.Single((await LoadAsync(other with { Target = "aarch64-linux-gnu" })).Spec.Constants).Value);
    }

    [Theory]
    [InlineData("tools/include/uapi/linux/toy.h", "toy.h")]
    [InlineData("drivers/toy.h", "toy.h")]
    public async Task A_file_that_a_tree_does_not_export_is_read_as_it_is(string name, string included)
    {
        _kernel.Write("tools/Makefile", "headers:\n\tfalse\n");
        _kernel.Write(name, "#define RAW 1\n");
        var side = await LoadAsync(FileOf(name));
        Assert.Equal(included, side.Spec.Header);
        Assert.Equal("RAW", Assert.Single(side.Spec.Constants).Name);
    }

    [Fact]
    public async Task A_header_of_a_tree_holds_one_header_and_names_it()
    {
        var file = FileOf("include/uapi/linux/toy.h");
        Assert.False(AbiSource.HoldsMany(file));
        Assert.Equal("linux/toy.h", AbiSource.IncludeNameOf(file));
        Assert.Null(AbiSource.IncludeNameOf(Tree()));
        Assert.Contains("holds one header only", (await Assert.ThrowsAsync<SideException>(
            () => AbiSource.OpenHeadersAsync(file, TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
    }

    /// <summary>The committed header and the file as it stands now are one header.</summary>
    [Fact]
    public async Task A_revision_and_a_file_of_its_tree_are_compared()
    {
        _kernel.Header("#define TOY_FLAG_A (1 << 0)\nstruct toy { __u32 a; __u32 b; };\n");
        var (was, now) = await AbiSource.LoadPairAsync(
            Revision("v1"), FileOf("include/uapi/linux/toy.h"), TestContext.Current.CancellationToken);
        Assert.Equal((4, 8), (was.Spec.Structs[0].Size, now.Spec.Structs[0].Size));
    }

    /// <summary>Headers are kept by commit, so what makes them must be the commit's alone.</summary>
    [Fact]
    public async Task No_setting_attribute_or_filter_changes_what_a_commit_holds()
    {
        var ran = Path.Combine(_cache.Path, "ran");
        _kernel.Git("config", "core.autocrlf", "true");
        _kernel.Git("config", "filter.bend.smudge", $"sh -c 'touch {ran}; sed s/__u32/__u64/'");
        _kernel.Write(".git/info/attributes", "*.h filter=bend export-ignore\n");
        Assert.Equal(4, (await LoadAsync(Revision("v1"))).Spec.Structs[0].Size);
        Assert.False(File.Exists(ran));
    }

    [Fact]
    public async Task Tree_is_read_as_it_stands_and_a_revision_as_it_was_committed()
    {
        _kernel.Header("struct toy { __u32 a; __u32 uncommitted; };\n");
        Assert.Equal(8, (await LoadAsync(Tree())).Spec.Structs[0].Size);
        var before = _kernel.Snapshot();
        Assert.Equal(4, (await LoadAsync(Revision("v1"))).Spec.Structs[0].Size);
        Assert.Equal(4, (await LoadAsync(Revision("HEAD"))).Spec.Structs[0].Size);
        Assert.Equal(4, (await LoadAsync(Revision("main~0"))).Spec.Structs[0].Size);
        Assert.Equal(before, _kernel.Snapshot());
    }

    [Fact]
    public async Task Headers_of_a_commit_are_made_once_for_each_architecture()
    {
        var uapi = Path.Combine(_cache.Path, "faultline", "uapi");
        await LoadAsync(Revision("v1"));
        var entry = Assert.Single(Directory.GetFileSystemEntries(uapi));
        Directory.SetLastWriteTimeUtc(entry, DateTime.UnixEpoch);
        await LoadAsync(Revision("main"));
        Assert.Equal(DateTime.UnixEpoch, Directory.GetLastWriteTimeUtc(Assert.Single(Directory.GetFileSystemEntries(uapi))));
        var other = await LoadAsync(Revision("v1") with { Target = "aarch64-linux-gnu", Header = "asm/toy.h" });
        Assert.Equal("64", Assert.Single(other.Spec.Constants).Value);
        Assert.Equal(2, Directory.GetFileSystemEntries(uapi).Length);
    }

    [Fact]
    public async Task Failing_make_is_told_with_its_words_and_leaves_nothing()
    {
        _kernel.Write("Makefile", "headers:\n\t@echo 'no compiler here' >&2; false\n");
        _kernel.Commit("v2");
        var failure = await Assert.ThrowsAsync<ToolFailedException>(() => LoadAsync(Revision("v2")));
        Assert.Contains("no compiler here", failure.Message, StringComparison.Ordinal);
        Assert.Contains("make the uapi headers", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_cache.Path, "faultline", "uapi")));
    }

    [Fact]
    public async Task A_revision_without_a_makefile_is_not_a_kernel_source()
    {
        File.Delete(Path.Combine(_kernel.Path, "Makefile"));
        _kernel.Commit("v3");
        var failure = await Assert.ThrowsAsync<SideException>(() => LoadAsync(Revision("v3")));
        Assert.Contains("v3 of ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("has no Makefile", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_cache.Path, "faultline", "uapi")));
    }

    [Theory]
    [InlineData("--upload-pack=x")]
    [InlineData("v1..v2")]
    [InlineData("v1:Makefile")]
    [InlineData("v1 v2")]
    [InlineData("$(reboot)")]
    [InlineData("")]
    public async Task What_is_no_name_of_a_commit_never_reaches_git(string name) => Assert.Contains("is no name of a git commit", await MessageAsync(Revision(name)), StringComparison.Ordinal);

    [Fact]
    public async Task Unknown_revision_is_told_with_what_may_help()
    {
        var message = await MessageAsync(Revision("v99"));
        Assert.Contains($"v99 is not a revision of {_kernel.Path}", message, StringComparison.Ordinal);
        Assert.Contains("fetch --tags", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_that_is_no_repository_is_told()
    {
        Assert.Contains("no such directory", await MessageAsync(Revision("v1") with { Tree = "/nonexistent" }), StringComparison.Ordinal);
        Assert.Contains("not a git repository", await MessageAsync(Revision("v1") with { Tree = _cache.Path }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revision_without_uapi_headers_is_told()
    {
        _kernel.Git("rm", "-q", "-r", "include/uapi");
        _kernel.Commit("old");
        Assert.Contains("has no include/uapi", await MessageAsync(Revision("old")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_beside_a_tree_is_still_a_path()
    {
        var model = Path.Combine(Repository.Root, "linux-patch", "base", "userfaultfd.abi.json");
        Assert.Equal("linux/userfaultfd.h", (await LoadAsync(Revision(model))).Spec.Header);
    }

    [Fact]
    public async Task Missing_header_and_unknown_architecture_are_told()
    {
        Assert.Contains("holds no installed linux/other.h", await MessageAsync(Tree() with { Header = "linux/other.h" }), StringComparison.Ordinal);
        Assert.Contains("no directory of arch/ is known", await MessageAsync(Tree() with { Target = "pdp11-unknown-aout" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_includes_a_change_and_shows_none_need_not_be_read_for_another_machine()
    {
        _kernel.Write("include/uapi/linux/rider.h", "#include <linux/toy.h>\n#define RIDER 1\n");
        _kernel.Write("include/uapi/linux/user.h", "#include <linux/toy.h>\nstruct user { struct toy toy; };\n");
        _kernel.Commit("v2");
        _kernel.Header("struct toy { __u32 a, b; };\n");
        _kernel.Commit("v3");

        var cancellation = TestContext.Current.CancellationToken;
        using var old = await AbiSource.OpenHeadersAsync(Revision("v2"), cancellation);
        using var current = await AbiSource.OpenHeadersAsync(Revision("v3"), cancellation);
        var sweep = await HeaderSweep.ReadAsync(old, current, Revision("v3"), cancellation);
        Assert.Equal(["linux/rider.h"], sweep.Settled);
        var again = await HeaderSweep.ReadAsync(old, current, Revision("v3"), cancellation, sweep);
        Assert.Equal(["linux/toy.h", "linux/user.h"], again.Pairs.Select(pair => pair.Header));
    }

    [Fact]
    public async Task Sweep_pairs_what_changed_and_counts_the_rest()
    {
        _kernel.Write("include/uapi/linux/same.h", "#define SAME 1\n");
        _kernel.Write("include/uapi/linux/gone.h", "#define GONE 1\n");
        _kernel.Write("include/uapi/linux/user.h", "#include <linux/toy.h>\nstruct user { struct toy toy; };\n");
        _kernel.Write("include/uapi/linux/breaks.h", "int x;\n");
        _kernel.Write("include/uapi/linux/heals.h", "int x\n");
        _kernel.Write("include/uapi/linux/ill.h", "int x\n");
        _kernel.Commit("v2");
        _kernel.Git("rm", "-q", "include/uapi/linux/gone.h");
        _kernel.Header("struct toy { __u32 a, b; };\n");
        _kernel.Write("include/uapi/linux/come.h", "#define COME 1\n");
        _kernel.Write("include/uapi/linux/breaks.h", "int x\n");
        _kernel.Write("include/uapi/linux/heals.h", "int x;\n");
        _kernel.Write("include/uapi/linux/ill.h", "long x\n");
        _kernel.Commit("v3");

        var cancellation = TestContext.Current.CancellationToken;
        using var old = await AbiSource.OpenHeadersAsync(Revision("v2"), cancellation);
        using var current = await AbiSource.OpenHeadersAsync(Revision("v3"), cancellation);
        var sweep = await HeaderSweep.ReadAsync(old, current, Revision("v3"), cancellation);

        Assert.Equal(["linux/breaks.h", "linux/come.h", "linux/gone.h", "linux/heals.h", "linux/ill.h", "linux/toy.h", "linux/user.h"], sweep.Pairs.Select(pair => pair.Header));
        Assert.True(sweep.Pairs[0] is { Old: not null, OldError: null, New: null, NewError: not null });
        Assert.True(sweep.Pairs[1] is { Old: null, OldError: null, New: not null });
        Assert.True(sweep.Pairs[2] is { Old: not null, New: null, NewError: null });
        Assert.True(sweep.Pairs[3] is { Old: null, OldError: not null, New: not null, NewError: null });
        Assert.True(sweep.Pairs[4] is { OldError: not null, NewError: not null });
        Assert.Equal(["user"], sweep.Pairs[6].New!.Spec.Structs.Select(record => record.Name));
        Assert.Equal(["asm/toy.h", "linux/same.h", "linux/types.h"], sweep.Unchanged.Order(StringComparer.Ordinal));
        Assert.Equal(9, sweep.Compared); // all but ill.h

        var report = DriftReport.Of("v2", "v3", sweep.Pairs);
        Assert.Contains(report.Findings, finding => finding.Header == "linux/breaks.h" && finding.Change.Kind == HeaderKinds.Unreadable);
        Assert.Equal(["linux/ill.h"], report.Omitted.Select(omission => omission.What));
    }

    [Fact]
    public async Task What_differs_around_a_header_and_says_nothing_to_it_is_not_read_with_it()
    {
        _kernel.Write("include/uapi/linux/alone.h", "#include <linux/toy.h>\n#define ALONE TOY_FLAG_A\n");
        _kernel.Write("include/uapi/linux/user.h", "#include <linux/toy.h>\nstruct user { struct toy toy; };\n");
        _kernel.Write("include/uapi/linux/half.h", "#include <linux/toy.h>\nint x\n");
        _kernel.Write("include/uapi/linux/ill.h", "#include <linux/toy.h>\nstruct toy x\n");
        _kernel.Write("include/uapi/linux/said.h", "/* old */\n#define SAID 1\n");
        _kernel.Write("include/uapi/linux/breaks.h", "typedef int breaks_t;\n");
        _kernel.Write("include/uapi/linux/heals.h", "typedef nothing_t heals_t;\n");
        _kernel.Write("include/uapi/linux/falls.h", "#include <linux/breaks.h>\n#define FALLS 1\n");
        _kernel.Write("include/uapi/linux/rises.h", "#include <linux/heals.h>\n#define RISES 1\n");
        _kernel.Header("#define TOY_FLAG_A (1 << 0)\nstruct toy { __u32 a; };\n");
        _kernel.Commit("v2");
        _kernel.Header("#define TOY_FLAG_A (1 << 0)\nstruct toy { __u32 a, b; };\n");
        _kernel.Write("include/uapi/linux/said.h", "/* new */\n#define SAID 1\n");
        _kernel.Write("include/uapi/linux/breaks.h", "typedef nothing_t breaks_t;\n");
        _kernel.Write("include/uapi/linux/heals.h", "typedef int heals_t;\n");
        _kernel.Commit("v3");

        var cancellation = TestContext.Current.CancellationToken;
        using var old = await AbiSource.OpenHeadersAsync(Revision("v2"), cancellation);
        using var current = await AbiSource.OpenHeadersAsync(Revision("v3"), cancellation);
        var sweep = await HeaderSweep.ReadAsync(old, current, Revision("v3"), cancellation);

        Assert.Equal(["linux/alone.h", "linux/half.h", "linux/said.h"], sweep.Untouched.Order(StringComparer.Ordinal));
        Assert.Empty(sweep.Untouched.Except(sweep.Settled));
        Assert.Equal(
            ["linux/breaks.h", "linux/falls.h", "linux/heals.h", "linux/ill.h", "linux/rises.h", "linux/toy.h", "linux/user.h"],
            sweep.Pairs.Select(pair => pair.Header));
        Assert.True(sweep.Pairs[1] is { Old: not null, NewError: not null });
        Assert.True(sweep.Pairs[3] is { OldError: not null, NewError: not null });
        Assert.True(sweep.Pairs[4] is { OldError: not null, New: not null });
        Assert.Equal(11, sweep.Compared); // all but ill.h; types.h and asm/toy.h are the same
        Assert.Equal(["linux/ill.h"], DriftReport.Of("v2", "v3", sweep.Pairs).Omitted.Select(omission => omission.What));
    }

    [Fact]
    public async Task With_a_header_before_every_header_each_is_read()
    {
        _kernel.Write("include/uapi/linux/alone.h", "#include <linux/toy.h>\n#define ALONE 1\n");
        _kernel.Commit("v2");
        _kernel.Header("struct toy { __u32 a, b; };\n");
        _kernel.Commit("v3");
        var request = Revision("v3") with { Preludes = [Path.Combine(_kernel.Path, "include/uapi/linux/types.h")] };
        var cancellation = TestContext.Current.CancellationToken;
        using var old = await AbiSource.OpenHeadersAsync(Revision("v2"), cancellation);
        using var current = await AbiSource.OpenHeadersAsync(Revision("v3"), cancellation);
        Assert.Equal(["linux/alone.h", "linux/toy.h"],
            (await HeaderSweep.ReadAsync(old, current, request, cancellation)).Pairs.Select(pair => pair.Header));
    }

    [Fact]
    public async Task Added_include_directories_never_shadow_the_headers_of_the_side()
    {
        using var library = new TemporaryDirectory();
        library.Write("linux/types.h", "typedef unsigned long long __u32;\n");
        library.Write("stdlib.h", "#define EXIT_FAILURE 1\n");
        _kernel.Header("#include <stdlib.h>\nstruct toy { __u32 a; };\n");
        var side = await LoadAsync(Tree() with { IncludeDirectories = [library.Path] });
        Assert.Equal(4, side.Spec.Structs[0].Size);
    }

    [Fact]
    public async Task Sweep_over_one_header_is_refused()
    {
        var model = Path.Combine(Repository.Root, "linux-patch", "base", "userfaultfd.abi.json");
        var problem = await Assert.ThrowsAsync<SideException>(() => AbiSource.OpenHeadersAsync(new(model), TestContext.Current.CancellationToken));
        Assert.Contains("holds one header only", problem.Message, StringComparison.Ordinal);
    }
}
