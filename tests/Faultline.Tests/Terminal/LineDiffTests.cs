using Faultline.Cli.Terminal;

namespace Faultline.Cli.Tests.Terminal;

/// <summary>Differences as diff -u writes them, so that patch(1) takes them.</summary>
public sealed class LineDiffTests
{
    private static readonly string[] Long = [.. Enumerable.Range(1, 20).Select(i => $"line {i}")];

    [Fact]
    public void Nothing_changed_is_nothing() => Assert.Equal("", LineDiff.Unified("f", "a\n", "a\n"));

    [Fact]
    public void A_new_file_is_all_added() =>
        Assert.Equal("--- /dev/null\n+++ f\n@@ -0,0 +1,2 @@\n+a\n+b\n", LineDiff.Unified("f", null, "a\nb\n"));

    [Fact]
    public void Changes_far_apart_are_hunks_of_their_own_and_near_ones_are_one()
    {
        string Changed(params int[] lines) => string.Join('\n', Long.Select((line, i) => lines.Contains(i + 1) ? "new" : line)) + "\n";
        var before = string.Join('\n', Long) + "\n";
        Assert.Equal(
            "--- f\n+++ f\n@@ -1,5 +1,5 @@\n line 1\n-line 2\n+new\n line 3\n line 4\n line 5\n"
            + "@@ -16,5 +16,5 @@\n line 16\n line 17\n line 18\n-line 19\n+new\n line 20\n", LineDiff.Unified("f", before, Changed(2, 19)));
        Assert.Equal(3, LineDiff.Unified("f", before, Changed(2, 8)).Split("@@").Length);
        Assert.Equal(5, LineDiff.Unified("f", before, Changed(2, 10)).Split("@@").Length);
    }
}
