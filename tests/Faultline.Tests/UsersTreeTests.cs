using Faultline.Harness.Tests.Kernels;

namespace Faultline.Cli.Tests;

/// <summary><c>--tree</c>: a tree of the user's own, as it stands and with a series on top.</summary>
[Trait("needs", "engine")]
public sealed class UsersTreeTests : IDisposable
{
    private readonly ToyTree _tree = new();
    private readonly Checkout _checkout = new(withBase: false);

    public void Dispose()
    {
        _tree.Dispose();
        _checkout.Dispose();
    }

    [Fact]
    public async Task A_users_tree_is_built() => await BuildsAsync("base");

    [Fact]
    public async Task A_series_is_applied_to_a_copy_of_a_users_tree()
    {
        var folder = await _tree.SeriesAsync("mm/other.c", "return 2", "return 22");
        _tree.Write("series/variant.toml", """
            name     = "series"
            title    = "A series for the tree"
            role     = "variant"
            source   = "debian:6.1"
            tag      = "-series"
            inherits = "base"

            """);
        await BuildsAsync("series", "--patches", Path.GetDirectoryName(folder)!);
        Assert.Contains("return 2;", File.ReadAllText(Path.Combine(_tree.Path, "mm", "other.c")), StringComparison.Ordinal);
    }

    private async Task BuildsAsync(string variant, params string[] options)
    {
        using var build = new RunningCommand(
            ["kernel", "build", "--tree", _tree.Path, "--variant", variant, "--root", _checkout.Folder, .. options]);
        var result = await build.EndAndRemoveTreeVolumesAsync(TimeSpan.FromMinutes(40), TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.ToString());
        // Beside the results of the variant's own source, which a tree's leave alone.
        var folder = Path.GetDirectoryName(result.Output.Trim())!;
        Assert.Equal(_checkout.Of("artifacts", "kernels"), Path.GetDirectoryName(folder));
        Assert.Matches($"^{variant}-tree-[0-9a-f]{{8}}$", Path.GetFileName(folder));
        Assert.True(File.Exists(Path.Combine(folder, "bzImage")));
        Assert.False(Directory.Exists(_checkout.Of("artifacts", "kernels", variant)));
    }
}
