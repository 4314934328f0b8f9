using Faultline.Harness.Sources.Trees;

namespace Faultline.Harness.Tests.Sources.Trees;

public class TreeManifestTests
{
    private static readonly string One = new('1', 64);
    private static readonly string Two = new('2', 64);

    private static TreeManifest Of(params TreeFile[] files) => new(files);

    [Fact]
    public void It_is_read_back_as_it_was_written_whatever_the_names()
    {
        var manifest = Of(new("a b", 'f', One), new("a\nb", 'x', One), new("ä\" '\\", 'l', Two), new(" ", 'f', Two));
        var again = TreeManifest.Parse(manifest.ToBytes());
        Assert.Equal(manifest.Key, again.Key);
        Assert.Equal(manifest.Files, again.Files);
        Assert.Empty(TreeManifest.Parse([]).Files);
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", TreeManifest.Parse([]).Key);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("f 12 short")]
    [InlineData("ff 1111111111111111111111111111111111111111111111111111111111111111 two")]
    public void Anything_else_is_refused(string text) =>
        Assert.Throws<FormatException>(() => TreeManifest.Parse(System.Text.Encoding.UTF8.GetBytes(text + "\0")));

    [Fact]
    public void Missing_is_what_is_new_or_different()
    {
        var held = Of(new("same", 'f', One), new("edited", 'f', One), new("mode", 'f', One), new("gone", 'f', One));
        var wanted = Of(new("same", 'f', One), new("edited", 'f', Two), new("mode", 'x', One), new("new", 'f', Two));
        Assert.Equal(["edited", "mode", "new"], held.Lacks(wanted).Select(file => file.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("mm/userfaultfd.c", false)]
    [InlineData("include/linux/mm.h", false)]
    [InlineData("Documentation/mm/index.rst", false)]
    [InlineData("mm/Kconfig", true)]
    [InlineData("Makefile", true)]
    [InlineData("scripts/kconfig/conf.c", true)]
    [InlineData("scripts/cc-version.sh", true)]
    public void What_kconfig_may_read_is_told_apart(string path, bool moves) =>
        Assert.Equal(moves, Of(new TreeFile(path, 'f', One)).KconfigKey != Of(new TreeFile(path, 'f', Two)).KconfigKey);
}
