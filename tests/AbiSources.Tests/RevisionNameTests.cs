namespace Faultline.AbiSources.Tests;

/// <summary>Ranges and names of revisions.</summary>
public sealed class RevisionNameTests
{
    [Theory]
    [InlineData("v6.1..v6.12", "v6.1", "v6.12")]
    [InlineData("origin/master..", "origin/master", "HEAD")]
    public void Range_is_split(string text, string old, string current)
    {
        Assert.True(RevisionName.TrySplitRange(text, out var left, out var right));
        Assert.Equal((old, current), (left, right));
    }

    [Theory]
    [InlineData("v6.1")]
    [InlineData("../linux")]
    [InlineData("..")]
    [InlineData("/a/../b")]
    public void What_is_no_range_is_left_alone(string text) => Assert.False(RevisionName.TrySplitRange(text, out _, out _));

    [Fact]
    public void Three_dots_are_refused() => Assert.Contains("merge base", Assert.Throws<SideException>(() => RevisionName.TrySplitRange("a...b", out _, out _)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("v6.12")]
    [InlineData("v6.12-rc1")]
    [InlineData("HEAD~3")]
    [InlineData("origin/master^2")]
    [InlineData("feature+x@{1}")]
    [InlineData("0a1b2c3d")]
    public void Names_of_commits_pass(string name) => RevisionName.Check(name);
}
