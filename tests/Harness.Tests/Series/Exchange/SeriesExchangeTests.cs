using CliWrap;
using CliWrap.Buffered;
using Faultline.Harness.Kernels;
using Faultline.Harness.Series.Exchange;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Series.Exchange;

/// <summary>Commits of a tree become a variant's patches, and these a branch of a tree, in a tree of a few files.</summary>
public sealed class SeriesExchangeTests : IDisposable
{
    private const string Odd = "mm/[odd] * name.c";
    private readonly TemporaryFolder _folder = new();

    public SeriesExchangeTests()
    {
        _folder.Write("variant/variant.toml", "");
        _folder.Write("variant/0000-cover-letter.patch", "From x\nSubject: [PATCH 0/2] the cover\n\nText.\n");
        _folder.Write("variant/0001-old.patch", "Subject: old\n\ndiff --git a/x b/x\n");
        _folder.Write("variant/later.patch", "Subject: later\n\ndiff --git a/x b/x\n");
        _folder.Write("variant/series", "# later.patch is for another day\n0001-old.patch\n");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Tree => _folder.Of("my linux");

    private string Folder => _folder.Of("variant");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commits_become_the_series_and_the_series_the_same_commits()
    {
        await MakeAsync();
        var (patches, remarks) = await new SeriesImport(Tree).RunAsync(Folder, "base", "work", Token);
        Assert.Equal(["0001-mm-a-change.patch", "0002-mm-gr-er.patch"], patches);
        Assert.Empty(remarks);
        var series = await File.ReadAllLinesAsync(_folder.Of("variant", "series"), Token);
        Assert.Equal(["# later.patch is for another day", .. patches], series);
        Assert.True(File.Exists(_folder.Of("variant", "0000-cover-letter.patch")));
        Assert.False(File.Exists(_folder.Of("variant", "0001-old.patch")));

        await GitAsync("switch", "--quiet", "base-branch");
        _folder.Write("my linux/mm/other.c", "not committed\n");
        var files = await GitAsync("status", "--porcelain");
        Assert.Equal(2, await ExportAsync("again", "base"));
        Assert.Equal(await LogAsync("base..work"), await LogAsync("base..again"));
        Assert.Equal("", await GitAsync("diff", "work", "again"));
        // Nobody is moved, and nothing in the tree is touched.
        Assert.Equal(("base-branch", files), (await GitAsync("branch", "--show-current"), await GitAsync("status", "--porcelain")));
    }

    [Theory]
    [InlineData("[PATCH v2 0/2] the cover", "base", "[PATCH v2 1/2] mm: a change")]
    [InlineData("[RFC PATCH mm-unstable 00/12] the cover", "base", "[RFC PATCH mm-unstable 1/2] mm: a change")]
    [InlineData("the cover", "base", "[PATCH 1/2] mm: a change")]
    [InlineData("[PATCH v3 0/2] the cover", "work~1", "[PATCH v3] ")]
    public async Task Patches_are_counted_and_stay_the_version_that_the_folder_had(string cover, string onto, string subject)
    {
        await MakeAsync();
        _folder.Write("variant/0000-cover-letter.patch", $"From x\nSubject: {cover}\n\nText.\n");
        var (patches, _) = await new SeriesImport(Tree).RunAsync(Folder, onto, "work", Token);
        var first = await File.ReadAllTextAsync(Path.Combine(Folder, patches[0]), Token);
        Assert.Contains("\nSubject: " + subject, first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_that_does_not_apply_is_named_and_no_branch_is_made()
    {
        await MakeAsync();
        await new SeriesImport(Tree).RunAsync(Folder, "base", "work", Token);
        _folder.Write("my linux/mm/memory.c", "something\nelse\n");
        await CommitAsync("in the way");
        var refused = await Assert.ThrowsAsync<PatchDoesNotApplyException>(() => ExportAsync("again", "HEAD"));
        Assert.Contains("0001-mm-a-change.patch", refused.Message, StringComparison.Ordinal);
        Assert.Contains("mm/memory.c", refused.Message, StringComparison.Ordinal);
        Assert.Equal("", await GitAsync("branch", "--list", "again"));
    }

    [Theory]
    [InlineData("work", "base", "does not descend from")]
    [InlineData("base", "nosuch", "has no such commit")]
    [InlineData("base", "base", "holds no commit")]
    public async Task What_is_not_a_series_is_refused_before_a_patch_is_removed(string onto, string head, string why)
    {
        await MakeAsync();
        var refused = await Assert.ThrowsAsync<KernelSourceException>(() => new SeriesImport(Tree).RunAsync(Folder, onto, head, Token));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.Of("variant", "0001-old.patch")));
    }

    [Fact]
    public async Task A_branch_that_is_there_stays_and_a_cover_letter_that_counts_otherwise_is_told()
    {
        await MakeAsync();
        var (_, remarks) = await new SeriesImport(Tree).RunAsync(Folder, "base", "work~1", Token);
        Assert.Contains("says that there are 2 patches, and there are 1", Assert.Single(remarks), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<KernelSourceException>(() => ExportAsync("work", "base"));
        Assert.Contains("has a branch work already", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_committed_is_left_out_and_told()
    {
        await MakeAsync();
        await GitAsync("switch", "--quiet", "work");
        _folder.Write("my linux/mm/memory.c", "not committed\n");
        _folder.Write("my linux/mm/newer.c", "new\n");
        var (_, remarks) = await new SeriesImport(Tree).RunAsync(Folder, "base", "HEAD", Token);
        var remark = Assert.Single(remarks);
        Assert.Contains("not committed, and the series is without them: mm/memory.c, mm/newer.c.", remark, StringComparison.Ordinal);
        // Another branch is another work.
        Assert.DoesNotContain(
            (await new SeriesImport(Tree).RunAsync(Folder, "base", "work~1", Token)).Remarks,
            said => said.Contains("not committed", StringComparison.Ordinal));
    }

    private Task<int> ExportAsync(string branch, string onto)
    {
        var variant = new Variant
        {
            Name = "variant", Title = "", Role = VariantRole.Variant, Base = new KernelSource.Debian("6.1"), Tag = "-variant",
            Series = PatchSeries.Read(Folder), Fragments = [], SwitchOff = [], Expect = new Dictionary<string, Expectation>(),
            Folder = Folder,
        };
        return new SeriesExport(new Checkout(RepositoryRoot.Of()), Tree).RunAsync(variant, branch, onto, Token);
    }

    /// <summary>A base, and two commits on a branch.</summary>
    private async Task MakeAsync()
    {
        foreach (var name in (string[])["mm/memory.c", "mm/other.c", Odd])
            _folder.Write(Path.Combine("my linux", name), "one\ntwo\nthree\n");
        await GitAsync("init", "--quiet", "--initial-branch=base-branch");
        await CommitAsync("base");
        await GitAsync("tag", "base");
        await GitAsync("switch", "--quiet", "--create", "work");
        _folder.Write("my linux/mm/memory.c", "one\ntwo, changed\nthree\n");
        await CommitAsync("mm: a change");
        _folder.Write(Path.Combine("my linux", Odd), "one\ntwo\nthree, changed\n");
        _folder.Write("my linux/mm/new.c", "new\n");
        await CommitAsync("mm: größer");
    }

    private Task<string> LogAsync(string range) => GitAsync("log", "--format=%an %ae %ad %B", range);

    private async Task CommitAsync(string subject)
    {
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=Ä", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", subject);
    }

    private async Task<string> GitAsync(params string[] arguments) =>
        (await Cli.Wrap("git").WithArguments(["-C", Tree, .. arguments]).ExecuteBufferedAsync(Token)).StandardOutput.Trim();
}
