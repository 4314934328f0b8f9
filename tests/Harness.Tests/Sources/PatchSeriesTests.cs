using System.Text;
using CsCheck;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Sources;

public class PatchSeriesTests
{
    private const string Diff = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n";

    private static List<string?> NamesIn(TemporaryFolder folder) => [.. PatchSeries.Read(folder.Path).Patches.Select(Path.GetFileName)];

    [Fact]
    public void Patches_come_in_the_order_of_the_series_file_without_comments_and_blank_lines()
    {
        using var folder = new TemporaryFolder();
        folder.Write("b.patch", "b");
        folder.Write("a.patch", "a");
        folder.Write("0000-cover-letter.patch", "not listed");
        folder.Write("series", "# the order matters\n\nb.patch   # first\n  a.patch\r\n");
        Assert.Equal(["b.patch", "a.patch"], NamesIn(folder));
    }

    [Theory]
    [InlineData("all.mbox")]
    [InlineData("all.mbx")]
    [InlineData("mail.eml")]
    [InlineData("change.diff")]
    [InlineData("all.mbox.gz")]
    [InlineData("change.patch.xz")]
    [InlineData("no ending")]
    [InlineData("[PATCH 1_2] mm: x.txt")]
    [InlineData("fix #1.patch")]
    [InlineData("#fix.patch")]
    [InlineData("Änderung.patch")]
    public void A_patch_may_have_any_name(string name)
    {
        using var folder = new TemporaryFolder();
        folder.Write(name, Diff);
        folder.Write("series", name + "\n");
        // A line that begins with # is a comment, whatever files there are; the file it names is left out on purpose.
        Assert.Equal(name.StartsWith('#') ? [] : [name], NamesIn(folder));
    }

    [Theory]
    [InlineData("a.patch\nmissing.patch\n", 2, "does not exist")]
    [InlineData("a.patch\na.patch\n", 2, "listed twice")]
    [InlineData("\n../a.patch\n", 2, "not a plain file name")]
    [InlineData("a.patch -p0\n", 1, "takes no options such as '-p0'")]
    [InlineData("a.patch\nfolder\n", 2, "is a folder")]
    [InlineData("a.patch\nb\u0007.patch\n", 2, "control characters")]
    public void A_bad_line_is_named(string series, int line, string words)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.patch", "a");
        folder.Write("folder/b.patch", "b");
        folder.Write("series", series);
        var failure = Assert.Throws<VariantFileException>(() => PatchSeries.Read(folder.Path));
        Assert.Equal(line, failure.Line);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0002-forgotten.patch", "")]
    [InlineData("forgotten.mbx", "")]
    [InlineData("forgotten.eml", "")]
    [InlineData("forgotten.diff.gz", "")]
    [InlineData("0002-forgotten.patch.gz", "")]
    [InlineData("forgotten", "From: a@b\r\nX: y\r\n z\r\nSubject: [PATCH] x\r\n\r\ntext\r\n")]
    [InlineData("forgotten.txt", "From abc Mon Sep 17 00:00:00 2001\nFrom: a@b\n")]
    [InlineData("0002-forgotten.patch.off", Diff)]
    public void A_patch_that_series_does_not_name_is_refused_until_a_comment_names_it(string name, string content)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.patch", "a");
        folder.Write(name, content);
        folder.Write("series", "a.patch\n# about it.\n");
        var failure = Assert.Throws<VariantFileException>(() => PatchSeries.Read(folder.Path));
        Assert.Contains($"does not name '{name}'", failure.Message, StringComparison.Ordinal);

        folder.Write("series", $"a.patch # see {name}\n");
        var series = PatchSeries.Read(folder.Path);
        Assert.Equal([name], series.Parts[0].Excluded.Select(Path.GetFileName));
        Assert.Equal(["01-listed/00001-a.patch", $"01-excluded/00001-{name}"], series.StepFiles().Select(f => f.Name));
    }

    [Fact]
    public void What_is_no_patch_may_lie_next_to_them()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.patch", "a");
        string[] others =
        [
            "README.md", "notes.txt", "variant.toml", "x.config", "abi.json", "a.patch~", "a.patch.orig", ".a.patch.swp",
            "v2-0000-cover-letter.patch", "b4.cover",
        ];
        foreach (var name in others)
            folder.Write(name, name.EndsWith(".txt", StringComparison.Ordinal) ? "Subject matter: none\n" : Diff);
        folder.Write("series", "a.patch\n");
        Assert.Equal(["a.patch"], NamesIn(folder));
    }

    [Fact]
    public void Without_a_series_file_the_patches_come_in_the_order_of_their_names()
    {
        using var folder = new TemporaryFolder();
        string[] names = ["0010-j.patch", "0002-b.patch", "0001-a.patch", "0000-cover-letter.patch", "x.config", "variant.toml", "0001-a.patch~"];
        foreach (var name in names)
            folder.Write(name, Diff);
        var series = PatchSeries.Read(folder.Path);
        Assert.Equal(["0000-cover-letter.patch", "0001-a.patch", "0002-b.patch", "0010-j.patch"], series.Patches.Select(Path.GetFileName));
        Assert.Equal("01-unlisted/00002-0001-a.patch", series.StepFiles().ElementAt(1).Name);
    }

    [Fact]
    public void Without_a_series_file_what_may_be_a_patch_or_not_is_for_the_user_to_say()
    {
        using var folder = new TemporaryFolder();
        folder.Write("0001-a.patch", Diff);
        folder.Write("0002-b.patch.off", Diff);
        var failure = Assert.Throws<VariantFileException>(() => PatchSeries.Read(folder.Path));
        Assert.Contains("'0002-b.patch.off' may be part of the series", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_patches_is_no_series()
    {
        using var folder = new TemporaryFolder();
        folder.Write("variant.toml", "");
        Assert.Empty(PatchSeries.Read(folder.Path).Parts);
        folder.Write("series", "# none yet\n");
        Assert.Empty(PatchSeries.Read(folder.Path).Parts);
    }

    [Fact]
    public void The_key_is_the_content_in_order_and_no_name()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.patch", "one");
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
        File.Move(b, folder.Of("renamed.mbox"));
        folder.Write("series", "a.patch\nrenamed.mbox\n");
        Assert.Equal(key, PatchSeries.Read(folder.Path).Key);
        // What is left out on purpose counts when numbers are looked at.
        folder.Write("c.patch", "three");
        folder.Write("series", "a.patch\nrenamed.mbox\n# c.patch\n");
        Assert.NotEqual(key, PatchSeries.Read(folder.Path).Key);
        File.Delete(folder.Of("c.patch"));
        // Two files joined are not the same as the two.
        File.WriteAllText(folder.Of("a.patch"), "onetwo");
        File.WriteAllText(folder.Of("renamed.mbox"), "");
        Assert.NotEqual(key, PatchSeries.Read(folder.Path).Key);
        Assert.Equal(PatchSeries.None.Key, new PatchSeries([]).Key);
    }

    [Fact]
    public void A_name_as_long_as_a_file_system_allows_still_has_room_for_its_place()
    {
        using var folder = new TemporaryFolder();
        folder.Write(string.Concat(Enumerable.Repeat("é", 124)) + ".patch", Diff);
        var (name, _) = Assert.Single(PatchSeries.Read(folder.Path).StepFiles());
        Assert.True(Encoding.UTF8.GetByteCount(Path.GetFileName(name)) <= 255);
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
