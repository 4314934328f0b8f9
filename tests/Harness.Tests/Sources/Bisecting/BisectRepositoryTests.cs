using CliWrap;
using CliWrap.Buffered;
using Faultline.Harness.Sources;
using Faultline.Harness.Sources.Bisecting;

namespace Faultline.Harness.Tests.Sources.Bisecting;

public sealed class BisectRepositoryTests : IDisposable
{
    private const int Commits = 12;
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _commits = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Tree => _folder.Of("my tree");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(11)]
    public async Task The_first_bad_commit_is_found_and_the_users_repository_is_as_before(int first)
    {
        await MakeAsync();
        var before = Files();
        var step = await BisectAsync(commit => new BisectAnswer(commit < first, [$"seen {commit}"]));
        Assert.Equal(_commits[first], step.Found);
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task A_commit_that_cannot_be_tested_is_passed_over()
    {
        await MakeAsync();
        List<int> asked = [];
        var step = await BisectAsync(commit =>
        {
            asked.Add(commit);
            return new BisectAnswer(commit is 4 or 5 ? null : commit < 8, ["seen"]);
        });
        Assert.Equal(_commits[8], step.Found);
        var skipped = asked.Count(commit => commit is 4 or 5);
        Assert.Equal((2 + asked.Count - skipped, skipped), await Repository().CountAsync(Token));
    }

    [Fact]
    public async Task When_only_such_commits_are_left_they_are_the_suspects()
    {
        await MakeAsync();
        var step = await BisectAsync(commit => new BisectAnswer(commit is > 3 and < 7 ? null : commit < 7, ["seen"]));
        Assert.Null(step.Found);
        Assert.Equal(_commits[4..8].Order(StringComparer.Ordinal), step.Suspects.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_goes_on_where_it_was_left()
    {
        await MakeAsync();
        var left = Repository();
        Assert.False(await left.BeginAsync(_commits[0], _commits[^1], "R12", Token));
        var first = (await left.NextAsync(Token)).Next!;
        await left.AnswerAsync(first, new BisectAnswer(true, ["what was seen"]), Token);
        var next = (await left.NextAsync(Token)).Next;

        var again = Repository();
        Assert.True(await again.BeginAsync(_commits[0], _commits[^1], "R12", Token));
        Assert.Equal(next, (await again.NextAsync(Token)).Next);
        Assert.Equal(["what was seen"], again.Told(first));
        // Another question begins anew.
        Assert.False(await again.BeginAsync(_commits[0], _commits[^1], "R13", Token));
        Assert.Empty(again.Told(first));
    }

    [Fact]
    public async Task A_commit_that_does_not_exist_is_named()
    {
        await MakeAsync();
        var refused = await Assert.ThrowsAsync<KernelSourceException>(() => Repository().CommitAsync("v0.1", Token));
        Assert.StartsWith("v0.1: ", refused.Message, StringComparison.Ordinal);
    }

    private BisectRepository Repository() => new(Tree, _folder.Of("home"));

    private async Task<BisectStep> BisectAsync(Func<int, BisectAnswer> ask)
    {
        var repository = Repository();
        await repository.BeginAsync(_commits[0], _commits[^1], "R12", Token);
        while (true)
        {
            var step = await repository.NextAsync(Token);
            if (step.Next is null)
                return step;
            await repository.AnswerAsync(step.Next, ask(_commits.IndexOf(step.Next)), Token);
        }
    }

    private List<string> Files() => [.. Directory.EnumerateFiles(Tree, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(file => $"{file} {File.GetLastWriteTimeUtc(file):O}")];

    private async Task MakeAsync()
    {
        Directory.CreateDirectory(Tree);
        await GitAsync("init", "--quiet");
        for (var i = 0; i < Commits; i++)
        {
            File.WriteAllText(Path.Combine(Tree, "file"), $"{i}");
            await GitAsync("add", "file");
            await GitAsync("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", $"number {i}");
            _commits.Add(await GitAsync("rev-parse", "HEAD"));
        }
    }

    private async Task<string> GitAsync(params string[] arguments) =>
        (await Cli.Wrap("git").WithArguments(["-C", Tree, .. arguments]).ExecuteBufferedAsync(Token)).StandardOutput.Trim();
}
