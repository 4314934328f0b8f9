using CliWrap;
using CliWrap.Buffered;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;
using Faultline.Harness.Sources.Trees;

namespace Faultline.Harness.Tests.Sources;

/// <summary>
/// A developer's tree becomes its base and a series: whatever state it is in, base and series together are the tree,
/// and the repository is as before.
/// </summary>
public sealed class OwnTreeTests : IDisposable
{
    private const string Header = "include/uapi/linux/userfaultfd.h";

    private readonly TemporaryFolder _folder = new();

    public OwnTreeTests()
    {
        foreach (var name in (string[])
            ["Makefile", "Kconfig", "mm/userfaultfd.c", "mm/größe.c", "mm/with \"quotes\" and blanks.c", "a b/c.c"])
            Write(name, "one\ntwo\nthree\n");
        Write(Header, "#define UFFD_FEATURE_OLD (1<<3)\n");
        Write(".gitignore", "*.o\nignored\n");
        Write("script.sh", "#!/bin/sh\n");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Tree => _folder.Of("my linux");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Base_and_series_together_are_the_tree()
    {
        await CommitAsync("one", "v9.9");
        Write("mm/größe.c", "one\ntwo, changed\nthree\n");
        await CommitAsync("Größe: a change\n\nWith a body.");
        Write("mm/größe.c", "one\ntwo, changed again\nthree");
        Write("mm/with \"quotes\" and blanks.c", "one\r\ntwo\r\n");
        Write("mm/new\tfile.c", "new\n");
        Write("mm/latin1.c", "caf\u00e9\n");
        File.WriteAllBytes(Of("mm/bytes.bin"), [0, 1, 2, 255, 254, 10, 13, 0]);
        File.WriteAllBytes(Of("mm/latin.c"), [0x63, 0xe9, 0x0a]);
        File.Delete(Of("a b/c.c"));
        File.SetUnixFileMode(Of("script.sh"), (UnixFileMode)0b111_101_101);
        File.CreateSymbolicLink(Of("mm/link"), "größe.c");

        var own = await ReadAsync();

        Assert.Equal(["0001-Gr-e-a-change.patch", "uncommitted-changes.patch"], own.Variant.Series.Patches.Select(Path.GetFileName));
        Assert.Equal(await FilesAsync(Tree), await AppliedAsync(own));
    }

    /// <summary>A kernel has eighty thousand files, and three phases of each of two kernels ask what they are.</summary>
    [Fact]
    public async Task The_copy_of_the_base_is_looked_at_once_and_a_folder_of_the_users_each_time()
    {
        await CommitAsync("one", "v9.9");
        Write("mm/userfaultfd.c", "changed\n");
        var copy = Assert.IsType<KernelSource.Tree>((await ReadAsync()).Control.Base);
        var key = (await TreeScan.OfAsync(copy.Folder, _folder.Of("caches"), Token)).Manifest.Key;
        Assert.Equal(key, await TreeFingerprint.KeyAsync(copy, Token));
        File.AppendAllText(Path.Combine(copy.Folder, "Makefile"), "later\n");
        Assert.Equal(key, await TreeFingerprint.KeyAsync(copy, Token));

        var unpatched = Assert.IsType<KernelSource.Tree>((await ReadAsync(copy.Folder)).Control.Base);
        Assert.NotEqual(key, await TreeFingerprint.KeyAsync(unpatched, Token));
        // Whoever reads the tree again looks again.
        copy = Assert.IsType<KernelSource.Tree>((await ReadAsync()).Control.Base);
        Assert.NotEqual(key, await TreeFingerprint.KeyAsync(copy, Token));
    }

    [Fact]
    public async Task What_git_ignores_is_no_change_and_what_it_ignores_by_mistake_is()
    {
        Write("mm/kept.o", "committed although it is ignored\n");
        await CommitAsync("one", "v9.9", force: true);
        Write("mm/kept.o", "changed\n");
        Write("mm/built.o", "object\n");
        Write("ignored", "junk\n");
        Write("vmlinux", "product\n");

        var patch = File.ReadAllText((await ReadAsync()).Variant.Series.Patches.Single());
        Assert.Contains("mm/kept.o", patch, StringComparison.Ordinal);
        Assert.DoesNotContain("built.o", patch, StringComparison.Ordinal);
        Assert.DoesNotContain("junk", patch, StringComparison.Ordinal);
        Assert.DoesNotContain("vmlinux", patch, StringComparison.Ordinal);
    }

    /// <summary>As the one in Debian's kernel sources does.</summary>
    [Fact]
    public async Task A_new_file_counts_where_the_tree_ignores_all_that_stands_at_its_top()
    {
        Write(".gitignore", "*.o\n/*\n!/debian/\n");
        await CommitAsync("one", "v9.9", force: true);
        Write("mm/new.c", "new\n");
        Write("a b/new, too.c", "new\n");
        Write("mm/built.o", "object\n");
        Write("vmlinux", "product\n");
        Write("build/junk.c", "product\n");

        var patch = File.ReadAllText((await ReadAsync()).Variant.Series.Patches.Single());
        Assert.Equal(["a b/new, too.c", "mm/new.c"], patch.Split('\n').Where(line => line.StartsWith("+++ b/", StringComparison.Ordinal))
            .Select(line => line["+++ b/".Length..].TrimEnd('\t')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_repository_is_only_read()
    {
        await CommitAsync("one", "v9.9");
        Write("mm/userfaultfd.c", "changed\n");
        await GitAsync("add", "mm/userfaultfd.c");
        Write("mm/userfaultfd.c", "changed, and not added\n");
        var before = Repository();
        await ReadAsync();
        Assert.Equal(before, Repository());

        IEnumerable<string> Repository() => [.. Directory.EnumerateFiles(Of(".git"), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(file => $"{file} {File.GetLastWriteTimeUtc(file).Ticks} {new FileInfo(file).Length}")];
    }

    [Fact]
    public async Task A_merge_makes_one_patch_of_all()
    {
        await CommitAsync("one", "v9.9");
        await GitAsync("checkout", "--quiet", "-b", "side");
        Write("mm/side.c", "side\n");
        await CommitAsync("side");
        await GitAsync("checkout", "--quiet", "-");
        Write("mm/main.c", "main\n");
        await CommitAsync("main");
        await GitAsync("-c", "user.name=t", "-c", "user.email=t@t", "merge", "--quiet", "--no-edit", "side");

        var own = await ReadAsync();
        Assert.Equal(["uncommitted-changes.patch"], own.Variant.Series.Patches.Select(Path.GetFileName));
        Assert.Equal(await FilesAsync(Tree), await AppliedAsync(own));
    }

    [Fact]
    public async Task The_base_is_where_the_work_leaves_its_upstream()
    {
        await CommitAsync("one", "v9.9");
        await GitAsync("branch", "upstream");
        await GitAsync("checkout", "--quiet", "-b", "mine", "--track", "upstream");
        Write("mm/userfaultfd.c", "mine\n");
        await CommitAsync("mine", "v9.10-not-a-base");
        var own = await ReadAsync();
        Assert.EndsWith(": 1 patch on v9.9", own.Variant.Title, StringComparison.Ordinal);
        Assert.Equal("v9.9", Assert.IsType<KernelSource.Tree>(own.Control.Base).State);
    }

    /// <summary>A branch that was pushed, or cloned, tracks its own copy.</summary>
    [Fact]
    public async Task A_pushed_copy_of_the_branch_is_no_base()
    {
        await CommitAsync("one", "v9.9");
        await GitAsync("update-ref", "refs/remotes/origin/master", "HEAD");
        await GitAsync("checkout", "--quiet", "-b", "mine");
        Write("mm/userfaultfd.c", "mine\n");
        await CommitAsync("mine", "v9.10-not-a-base");
        await GitAsync("remote", "add", "origin", "/nowhere");
        await GitAsync("update-ref", "refs/remotes/origin/mine", "HEAD");
        await GitAsync("config", "branch.mine.remote", "origin");
        await GitAsync("config", "branch.mine.merge", "refs/heads/mine");
        Assert.EndsWith(": 1 patch on v9.9", (await ReadAsync()).Variant.Title, StringComparison.Ordinal);
    }

    /// <summary>As who makes a git tree of a source package has it.</summary>
    [Fact]
    public async Task The_first_commit_of_a_short_history_is_a_base()
    {
        await CommitAsync("the package");
        Write("mm/userfaultfd.c", "mine\n");
        var first = (await ReadAsync()).Variant.Title;
        Assert.Matches(": 1 patch on [0-9a-f]{12}$", first);
        await CommitAsync("mine");
        Write("mm/userfaultfd.c", "more of mine\n");
        Assert.Equal(first.Replace("1 patch", "2 patches", StringComparison.Ordinal), (await ReadAsync()).Variant.Title);
    }

    [Fact]
    public async Task The_first_commit_of_a_long_history_or_of_several_is_no_base()
    {
        await CommitAsync("one");
        await GitAsync("checkout", "--quiet", "--orphan", "other");
        await CommitAsync("another beginning");
        await GitAsync("merge", "--quiet", "--allow-unrelated-histories", "--strategy", "ours", "--message", "both", "master");
        await RefusedAsync("say with --base REV what your work stands on");

        var commit = (await Cli.Wrap("git").WithArguments(["-C", Tree, "rev-parse", "HEAD^{tree}"]).ExecuteBufferedAsync(Token))
            .StandardOutput.Trim();
        var history = string.Concat(Enumerable.Range(0, 1001).Select(number =>
            $"commit refs/heads/long\nmark :{number + 1}\ncommitter t <t@t> {number} +0000\ndata 1\nx\n"
            + (number == 0 ? "" : $"from :{number}\n") + $"M 040000 {commit} \n"));
        await Cli.Wrap("git").WithArguments(["-C", Tree, "fast-import", "--quiet"])
            .WithStandardInputPipe(PipeSource.FromString(history)).ExecuteAsync(Token);
        await GitAsync("checkout", "--quiet", "long");
        Write("mm/userfaultfd.c", "mine\n");
        await RefusedAsync("say with --base REV what your work stands on");
        await GitAsync("checkout", "--quiet", "--force", "long~1");
        Write("mm/userfaultfd.c", "mine\n");
        Assert.Matches(": 1 patch on ", (await ReadAsync()).Variant.Title);
    }

    [Fact]
    public async Task A_base_that_changes_is_followed()
    {
        await CommitAsync("one", "v1");
        Write("mm/userfaultfd.c", "two\n");
        File.Delete(Of("a b/c.c"));
        await CommitAsync("two", "v2");
        Write("mm/userfaultfd.c", "mine\n");

        foreach (var revision in (string[])["v1", "v2", "v1"])
        {
            var own = await ReadAsync(revision);
            Assert.Equal(revision == "v1", File.Exists(Path.Combine(own.Control.Folder, "a b", "c.c")));
            Assert.Equal(await FilesAsync(Tree), await AppliedAsync(own));
        }
    }

    [Theory]
    [InlineData("#define UFFD_FEATURE_MINE (1<<17)\n", null, "UFFD_FEATURE_MINE", 17)]
    [InlineData("#  define UFFD_FEATURE_MINE\t(1ULL << 40)\n", null, "UFFD_FEATURE_MINE", 40)]
    [InlineData("", null, null, null)]
    [InlineData("", "UFFD_FEATURE_OLD", "UFFD_FEATURE_OLD", 3)]
    [InlineData("#define UFFD_FEATURE_A (1<<17)\n#define UFFD_FEATURE_B (1<<18)\n", "UFFD_FEATURE_B", "UFFD_FEATURE_B", 18)]
    public async Task The_feature_is_what_the_header_adds(string added, string? asked, string? feature, int? bit)
    {
        await CommitAsync("one", "v9.9");
        Write(Header, $"#define UFFD_FEATURE_OLD (1<<3)\n{added}");
        Write("mm/new.c", "");
        var own = await ReadAsync(feature: asked);
        Assert.Equal((feature, bit), (own.Variant.Feature, own.Variant.FeatureBit));
        Assert.Null(own.Control.Feature);
        Assert.Equal("my-linux-base", own.Variant.Control);
    }

    [Fact]
    public async Task What_cannot_be_compared_is_told_with_what_to_do()
    {
        await RefusedAsync("is not the top of a git checkout with a commit in it");
        await GitAsync("init", "--quiet");
        await RefusedAsync("is not the top of a git checkout with a commit in it");
        await CommitAsync("one");
        await RefusedAsync("file by file: there is nothing to compare. .* say what your work stands on with --base REV or DIR");
        await RefusedAsync("--base nowhere: .* has no such commit", "nowhere");
        await RefusedAsync("--base --help: .* has no such commit", "--help");
        await RefusedAsync("is HEAD, file by file: there is nothing to compare", "HEAD");
        Write(Header, "#define UFFD_FEATURE_A (1<<17)\n#define UFFD_FEATURE_B (1<<18)\n");
        await RefusedAsync("adds 2 features \\(UFFD_FEATURE_A, UFFD_FEATURE_B\\).* --feature MACRO", "HEAD");
        await RefusedAsync("--feature UFFD_FEATURE_C: .* it has UFFD_FEATURE_A, UFFD_FEATURE_B", "HEAD", "UFFD_FEATURE_C");
    }

    /// <summary>As it is where somebody unpacked a source package twice, and built in place.</summary>
    [Fact]
    public async Task A_tree_without_git_stands_on_a_folder_with_the_unpatched_source()
    {
        var unpatched = _folder.Of("the \"original\"");
        await CliWrap.Cli.Wrap("cp").WithArguments(["-a", Tree, unpatched]).ExecuteAsync(Token);
        File.WriteAllBytes(Path.Combine(unpatched, "vmlinux"), [1]);
        await RefusedAsync("there is nothing to compare", unpatched);
        Write("mm/größe.c", "one\ntwo, changed\nthree");
        Write("mm/new\tfile.c", "new\n");
        Write(Header, "#define UFFD_FEATURE_OLD (1<<3)\n#define UFFD_FEATURE_NEW (1<<4)\n");
        File.WriteAllBytes(Of("mm/bytes.bin"), [0, 1, 2, 255, 254, 10, 13, 0]);
        File.Delete(Of("a b/c.c"));
        File.SetUnixFileMode(Of("script.sh"), (UnixFileMode)0b111_101_101);
        File.CreateSymbolicLink(Of("mm/link"), "größe.c");

        var own = await ReadAsync(unpatched);

        Assert.Equal("changes.patch", Path.GetFileName(Assert.Single(own.Variant.Series.Patches)));
        Assert.Equal(("UFFD_FEATURE_NEW", 4), (own.Variant.Feature, own.Variant.FeatureBit));
        Assert.Equal(KernelSource.FromTree(unpatched) with { Developed = Tree }, own.Control.Base);
        File.Delete(Path.Combine(unpatched, "vmlinux"));
        Assert.Equal(await FilesAsync(Tree), await AppliedAsync(own));
        Assert.False(Directory.Exists(Path.Combine(unpatched, ".git")));
    }

    [Fact]
    public async Task A_repository_that_git_cannot_read_is_told_in_gits_words()
    {
        await CommitAsync("one", "v9.9");
        File.AppendAllText(Of(".git/config"), "[broken\n");
        await RefusedAsync(@"\(git: fatal: bad config line \d+ in file .*config\)");
    }

    private async Task RefusedAsync(string words, string? revision = null, string? feature = null) =>
        Assert.Matches(words, (await Assert.ThrowsAsync<KernelSourceException>(() => ReadAsync(revision, feature))).Message);

    private Task<OwnTree> ReadAsync(string? revision = null, string? feature = null)
    {
        using var phase = new PhaseScope(new SilentProgress(), "mine", Phase.Source, "");
        return OwnTree.ReadAsync(KernelSource.FromTree(Tree), _folder.Of("home"), revision, feature, ["base"], phase, Token);
    }

    /// <summary>The files of the base with the series applied as git applies it.</summary>
    private async Task<IReadOnlyList<string>> AppliedAsync(OwnTree own)
    {
        var copy = _folder.Of("applied");
        if (Directory.Exists(copy))
            Directory.Delete(copy, recursive: true);
        await CliWrap.Cli.Wrap("cp").WithArguments(["-a", own.Control.Folder, copy]).ExecuteAsync(Token);
        foreach (var arguments in (string[][])[["init", "--quiet"], ["add", "--all", "--force"], ["commit", "--quiet", "-m", "base"]])
            await GitInAsync(copy, arguments);
        foreach (var patch in own.Variant.Series.Patches)
            await GitInAsync(copy, [.. Path.GetFileName(patch).StartsWith('0') ? (string[])["am", "--quiet"] : ["apply"], patch]);
        return await FilesAsync(copy);
    }

    private static async Task<IReadOnlyList<string>> FilesAsync(string folder)
    {
        string[] find = [folder, "-name", ".git", "-prune", "-o", "(", "-type", "f", "-o", "-type", "l", ")", "-printf", "%P %m %l ",
            "-exec", "sh", "-c", "sha256sum < \"$1\"", "sh", "{}", ";"];
        var found = await CliWrap.Cli.Wrap("find").WithArguments(find).ExecuteBufferedAsync(Token);
        return [.. found.StandardOutput.Split('\n').Order(StringComparer.Ordinal)];
    }

    private string Of(string name) => Path.Combine(Tree, name);

    private void Write(string name, string text) => _folder.Write($"my linux/{name}", text);

    private async Task CommitAsync(string message, string? tag = null, bool force = false)
    {
        await GitAsync("init", "--quiet");
        await GitAsync(["add", "--all", .. force ? (string[])["--force"] : []]);
        await GitAsync("-c", "user.name=Jürgen", "-c", "user.email=t@t", "commit", "--quiet", "--message", message);
        if (tag is not null)
            await GitAsync("tag", tag);
    }

    private Task GitAsync(params string[] arguments) => GitInAsync(Tree, arguments);

    private static Task GitInAsync(string folder, params string[] arguments) => CliWrap.Cli.Wrap("git")
        .WithArguments(["-c", "user.name=t", "-c", "user.email=t@t", "-C", folder, .. arguments]).ExecuteBufferedAsync(Token);
}
