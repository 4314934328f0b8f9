using CsCheck;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Sources;

public class PatchSeriesTests
{
    [Fact]
    public void Patches_come_in_the_order_of_the_series_file_without_comments_and_blank_lines()
    {
        using var folder = new TemporaryFolder();
        folder.Write("b.patch", "b");
        folder.Write("a.patch", "a");
        folder.Write("0000-cover-letter.patch", "not listed");
        folder.Write("series", "# the order matters\n\nb.patch   # first\n  a.patch\n");
        Assert.Equal(["b.patch", "a.patch"], PatchSeries.Read(folder.Path).Patches.Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("a.patch\nmissing.patch\n", 2, "does not exist")]
    [InlineData("a.patch\na.patch\n", 2, "listed twice")]
    [InlineData("\n../a.patch\n", 2, "not a plain file name")]
    [InlineData("a.patch -p0\n", 1, "take no options")]
    public void A_bad_line_is_named(string series, int line, string words)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.patch", "a");
        folder.Write("series", series);
        var failure = Assert.Throws<VariantFileException>(() => PatchSeries.Read(folder.Path));
        Assert.Equal(line, failure.Line);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_changes_with_order_name_and_content_and_with_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var a = folder.Write("a.patch", "one");
        var b = folder.Write("b.patch", "two");
        folder.Write("series", "a.patch\nb.patch\n");
        var key = PatchSeries.Read(folder.Path).Key;

        folder.Write("series", "# a comment changes nothing\na.patch\nb.patch\n");
        Assert.Equal(key, PatchSeries.Read(folder.Path).Key);
        folder.Write("series", "b.patch\na.patch\n");
        Assert.NotEqual(key, PatchSeries.Read(folder.Path).Key);
        folder.Write("series", "a.patch\nb.patch\n");
        File.WriteAllText(b, "two!");
        Assert.NotEqual(key, PatchSeries.Read(folder.Path).Key);
        File.WriteAllText(b, "two");
        Assert.Equal(key, PatchSeries.Read(folder.Path).Key);
        Assert.NotEqual(a, b);
        Assert.Equal(PatchSeries.None.Key, new PatchSeries(folder.Path, []).Key);
    }

    [Fact]
    public void Any_text_gives_patches_or_an_error_of_its_own() => Gen.String.Sample(
        text =>
        {
            using var folder = new TemporaryFolder();
            folder.Write("series", text);
            try
            {
                return PatchSeries.Read(folder.Path).Patches.Count == 0;
            }
            catch (VariantFileException e)
            {
                return e.Line >= 1;
            }
        },
        iter: 300);
}
