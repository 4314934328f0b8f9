using CliWrap.Buffered;
using Faultline.Harness.Sources.Trees;

namespace Faultline.Harness.Tests.Sources.Trees;

/// <summary>Changes variables of the whole process, so no other test may run at the same time.</summary>
[CollectionDefinition(nameof(GitEnvironmentTests), DisableParallelization = true)]
[Collection(nameof(GitEnvironmentTests))]
public sealed class GitEnvironmentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task GitAsync(string folder, params string[] arguments) =>
        CliWrap.Cli.Wrap("git").WithArguments(["-C", folder, .. arguments]).ExecuteBufferedAsync(Token);

    /// <summary>As in a hook of git's.</summary>
    [Fact]
    public async Task Variables_that_name_another_repository_are_not_followed()
    {
        using var folder = new TemporaryFolder();
        var tree = folder.Of("tree");
        folder.Write("tree/Makefile", "one");
        await GitAsync(tree, "init", "--quiet");
        await GitAsync(tree, "add", "--all");
        await GitAsync(tree, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "--quiet", "--message", "one");
        await GitAsync(tree, "tag", "v9.9");
        await GitAsync(folder.Path, "init", "--quiet", "other");
        string[] names = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF", "GIT_OBJECT_DIRECTORY"];
        try
        {
            foreach (var name in names)
                Environment.SetEnvironmentVariable(name, folder.Of("other", ".git"));
            Assert.Equal("v9.9", await GitName.OfAsync(tree, await TreeScan.OfAsync(tree, folder.Of("caches"), Token), Token));
        }
        finally
        {
            foreach (var name in names)
                Environment.SetEnvironmentVariable(name, null);
        }
    }
}
