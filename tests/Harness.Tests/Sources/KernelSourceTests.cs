using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Sources;

public class KernelSourceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static void MakeTree(TemporaryFolder folder)
    {
        foreach (var file in (string[])["Makefile", "Kconfig", "mm/userfaultfd.c"])
            folder.Write(file, "");
    }

    [Fact]
    public void A_folder_without_kernel_files_is_refused_by_what_it_lacks()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Makefile", "");
        var failure = Assert.Throws<KernelSourceException>(() => KernelSource.FromTree(folder.Path, outOfTree: true));
        Assert.Contains("has no Kconfig", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_built_in_place_is_refused_with_the_way_out()
    {
        using var folder = new TemporaryFolder();
        MakeTree(folder);
        folder.Write(".config", "");
        var failure = Assert.Throws<KernelSourceException>(() => KernelSource.FromTree(folder.Path, outOfTree: true));
        Assert.Contains("make mrproper", failure.Message, StringComparison.Ordinal);
        Assert.Equal(folder.Path, KernelSource.FromTree(folder.Path, outOfTree: false).Folder);
    }

    [Fact]
    public async Task The_fingerprint_of_a_plain_folder_follows_its_files()
    {
        using var folder = new TemporaryFolder();
        MakeTree(folder);
        var (first, _) = await TreeFingerprint.OfAsync(folder.Path, Token);
        Assert.Equal(first, (await TreeFingerprint.OfAsync(folder.Path, Token)).Key);
        folder.Write("mm/userfaultfd.c", "changed");
        Assert.NotEqual(first, (await TreeFingerprint.OfAsync(folder.Path, Token)).Key);
    }

    [Fact]
    public async Task The_fingerprint_of_a_worktree_follows_commits_changes_and_new_files_but_not_ignored_ones()
    {
        using var folder = new TemporaryFolder();
        MakeTree(folder);
        folder.Write(".gitignore", "*.o\n");
        foreach (var command in (string[])["init -q", "add -A", "-c user.name=t -c user.email=t@t commit -q -m one"])
            await CliWrap.Cli.Wrap("git").WithArguments($"-C {folder.Path} {command}").ExecuteAsync(Token);
        var (first, words) = await TreeFingerprint.OfAsync(folder.Path, Token);
        Assert.DoesNotContain("with changes", words, StringComparison.Ordinal);
        folder.Write("mm/userfaultfd.o", "ignored");
        Assert.Equal(first, (await TreeFingerprint.OfAsync(folder.Path, Token)).Key);
        folder.Write("mm/new.c", "new");
        var (second, changed) = await TreeFingerprint.OfAsync(folder.Path, Token);
        Assert.NotEqual(first, second);
        Assert.Contains("with changes", changed, StringComparison.Ordinal);
        folder.Write("Makefile", "changed");
        Assert.NotEqual(second, (await TreeFingerprint.OfAsync(folder.Path, Token)).Key);
    }
}
