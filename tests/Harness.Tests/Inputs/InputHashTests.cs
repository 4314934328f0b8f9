using Faultline.Harness.Inputs;

namespace Faultline.Harness.Tests.Inputs;

public sealed class InputHashTests
{
    /// <summary>Shorter than what is read at once, as long, longer, and twice as long.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256 << 10)]
    [InlineData((256 << 10) + 1)]
    [InlineData(512 << 10)]
    public void A_file_is_its_content(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.Of("file"), content);
        Assert.Equal(InputHash.Of(hash => hash.Add("name", content)), InputHash.Of(hash => hash.AddFile("name", folder.Of("file"))));
    }

    [Fact]
    public void A_byte_that_moves_from_name_to_content_changes_it() =>
        Assert.NotEqual(InputHash.Of(hash => hash.Add("ab", "c"u8)), InputHash.Of(hash => hash.Add("a", "bc"u8)));

    [Fact]
    public void A_folder_is_names_contents_and_what_may_be_run()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Of("d"));
        File.WriteAllText(folder.Of("d/a"), "1");
        File.WriteAllText(folder.Of("b"), "2");
        var seen = new HashSet<string> { Hash() };
        File.WriteAllText(folder.Of("b"), "3");
        Assert.True(seen.Add(Hash()));
        File.Move(folder.Of("b"), folder.Of("d/b"));
        Assert.True(seen.Add(Hash()));
        File.SetUnixFileMode(folder.Of("d/b"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.True(seen.Add(Hash()));

        string Hash() => InputHash.Of(hash => hash.AddFolder(folder.Of()));
    }
}
