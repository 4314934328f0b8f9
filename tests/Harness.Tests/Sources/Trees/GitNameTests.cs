using CliWrap;
using CliWrap.Buffered;
using Faultline.Harness.Sources.Trees;

namespace Faultline.Harness.Tests.Sources.Trees;

/// <summary>
/// What a result calls the state of a user's tree: never "unchanged" for one that was changed, whatever git is told
/// to think.
/// </summary>
public sealed class GitNameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Tree => _folder.Of("tree");

    public void Dispose() => _folder.Dispose();

    private async Task CommitAsync()
    {
        foreach (var name in (string[])["Makefile", "mm/userfaultfd.c", "mm/größe.c", "mm/with \"quotes\".c"])
            _folder.Write($"tree/{name}", "one\n");
        await GitAsync(Tree, "init", "--quiet");
        await GitAsync(Tree, "add", "--all");
        await GitAsync(Tree, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "--quiet", "--message", "one");
        await GitAsync(Tree, "tag", "v9.9");
    }

    private static Task GitAsync(string folder, params string[] arguments) =>
        CliWrap.Cli.Wrap("git").WithArguments(["-C", folder, .. arguments]).ExecuteBufferedAsync(Token);

    private Task<string> NameAsync() => NameAsync(Tree);

    private async Task<string> NameAsync(string tree) =>
        await GitName.OfAsync(tree, await TreeScan.OfAsync(tree, _folder.Of("caches"), Token), Token);

    [Fact]
    public async Task A_commit_is_named_and_what_differs_from_it_is_counted()
    {
        await CommitAsync();
        Assert.Equal("v9.9", await NameAsync());
        _folder.Write("tree/mm/größe.c", "two\n");
        Assert.Equal("v9.9 with 1 changed file", await NameAsync());
        _folder.Write("tree/mm/new.c", "new\n");
        File.Delete(Path.Combine(Tree, "mm", "with \"quotes\".c"));
        Assert.Equal("v9.9 with 3 changed files", await NameAsync());
        await GitAsync(Tree, "add", "--all");
        await GitAsync(Tree, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "--quiet", "--message", "two");
        Assert.StartsWith("v9.9-1-g", await NameAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("changed", await NameAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("diff.external", "true")]
    [InlineData("diff.noprefix", "true")]
    [InlineData("core.quotePath", "false")]
    [InlineData("core.fileMode", "false")]
    [InlineData("core.autocrlf", "true")]
    [InlineData("core.fsmonitor", "true")]
    [InlineData("core.untrackedCache", "true")]
    [InlineData("core.trustctime", "false")]
    [InlineData("core.checkStat", "minimal")]
    [InlineData("core.ignoreStat", "true")]
    [InlineData("core.sparseCheckout", "true")]
    [InlineData("core.excludesFile", "/dev/null")]
    [InlineData("status.showUntrackedFiles", "no")]
    [InlineData("status.relativePaths", "true")]
    [InlineData("diff.ignoreSubmodules", "all")]
    public async Task No_setting_hides_a_change(string name, string value)
    {
        await CommitAsync();
        await GitAsync(Tree, "config", name, value);
        Assert.Equal("v9.9", await NameAsync());
        _folder.Write("tree/mm/größe.c", "two\n");
        Assert.Equal("v9.9 with 1 changed file", await NameAsync());
        _folder.Write("tree/mm/new.c", "new\n");
        Assert.Equal("v9.9 with 2 changed files", await NameAsync());
    }

    [Theory]
    [InlineData("--assume-unchanged")]
    [InlineData("--skip-worktree")]
    public async Task No_bit_of_the_index_hides_a_change(string bit)
    {
        await CommitAsync();
        await GitAsync(Tree, "update-index", bit, "mm/userfaultfd.c");
        _folder.Write("tree/mm/userfaultfd.c", "two\n");
        Assert.Equal("v9.9 with 1 changed file", await NameAsync());
    }

    [Fact]
    public async Task No_attribute_or_exclusion_hides_a_change_and_no_filter_runs()
    {
        await CommitAsync();
        var ran = _folder.Of("ran");
        _folder.Write("tree/.git/info/attributes", "*.c filter=hide diff=hide text eol=lf ident\n");
        _folder.Write("tree/.git/info/exclude", "*\n");
        string[] settings =
        [
            "filter.hide.clean", "filter.hide.smudge", "filter.hide.process", "diff.hide.textconv", "diff.hide.command", "core.fsmonitor",
            "core.pager",
        ];
        foreach (var setting in settings)
            await GitAsync(Tree, "config", setting, $"sh -c 'touch {ran}; cat'");
        _folder.Write("tree/mm/userfaultfd.c", "one\r\n");
        _folder.Write("tree/mm/new.c", "new\n");
        Assert.Equal("v9.9 with 2 changed files", await NameAsync());
        Assert.False(File.Exists(ran));
    }

    [Fact]
    public async Task A_mode_and_a_link_are_compared_with_the_commit_too()
    {
        await CommitAsync();
        File.SetUnixFileMode(Path.Combine(Tree, "Makefile"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal("v9.9 with 1 changed file", await NameAsync());
        File.Delete(Path.Combine(Tree, "mm/userfaultfd.c"));
        File.CreateSymbolicLink(Path.Combine(Tree, "mm/userfaultfd.c"), "größe.c");
        Assert.Equal("v9.9 with 2 changed files", await NameAsync());
    }

    [Fact]
    public async Task What_a_build_left_is_not_a_change()
    {
        await CommitAsync();
        foreach (var product in (string[])[".config", "mm/.userfaultfd.o.cmd", "mm/userfaultfd.o", "vmlinux", "include/generated/bounds.h"])
            _folder.Write($"tree/{product}", "made");
        Assert.Equal("v9.9", await NameAsync());
    }

    [Fact]
    public async Task A_linked_worktree_is_named_by_its_own_commit()
    {
        await CommitAsync();
        await GitAsync(Tree, "worktree", "add", "--quiet", _folder.Of("linked"));
        _folder.Write("tree/mm/userfaultfd.c", "two\n");
        Assert.Equal("v9.9", await NameAsync(_folder.Of("linked")));
    }

    [Fact]
    public async Task Without_a_repository_that_can_be_read_the_content_is_the_name()
    {
        await CommitAsync();
        // A folder of somebody's repository is not a tree of that repository.
        var inner = Path.Combine(Tree, "mm");
        Assert.StartsWith($"{inner}, content ", await NameAsync(inner), StringComparison.Ordinal);

        var before = await TreeScan.OfAsync(Tree, _folder.Of("caches"), Token);
        foreach (var pack in Directory.GetDirectories(Path.Combine(Tree, ".git", "objects")))
            Directory.Delete(pack, recursive: true);
        Assert.Equal($"{Tree}, content {before.Manifest.Key[..12]}", await NameAsync());
        Assert.Equal(before.Manifest.Key, (await TreeScan.OfAsync(Tree, _folder.Of("caches"), Token)).Manifest.Key);
    }
}
