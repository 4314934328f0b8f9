using Faultline.AbiExtractor.Tests;

namespace Faultline.Machine.Tests;

/// <summary>Where a text goes when the path it is written to is a link.</summary>
public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private string In(string name) => Path.Combine(_directory.Path, name);

    [Fact]
    public void A_link_stays_and_its_target_gets_the_text()
    {
        _directory.Write("there/target", "old");
        File.CreateSymbolicLink(In("second"), "there/target");
        File.CreateSymbolicLink(In("first"), "second");
        WholeFile.Write(In("first"), "new");
        Assert.Equal("second", new FileInfo(In("first")).LinkTarget);
        Assert.Equal("there/target", new FileInfo(In("second")).LinkTarget);
        Assert.Equal("new", File.ReadAllText(In("there/target")));
        Assert.Equal([In("there/target")], Directory.GetFiles(In("there")));
    }

    [Fact]
    public void A_link_to_what_is_not_there_yet_makes_it()
    {
        File.CreateSymbolicLink(In("link"), "folder/target");
        WholeFile.Write(In("link"), "new");
        Assert.Equal("new", File.ReadAllText(In("folder/target")));
        Assert.NotNull(new FileInfo(In("link")).LinkTarget);
    }

    [Fact]
    public void Links_in_a_circle_are_told()
    {
        File.CreateSymbolicLink(In("a"), "b");
        File.CreateSymbolicLink(In("b"), "a");
        Assert.Contains("circle", Assert.Throws<IOException>(() => WholeFile.Write(In("a"), "")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writer_that_fails_leaves_the_file_and_no_half_one()
    {
        var file = _directory.Write("kept", "old");
        await Assert.ThrowsAsync<InvalidOperationException>(() => WholeFile.WriteAsync(file, async partial =>
        {
            await File.WriteAllTextAsync(partial, "half", TestContext.Current.CancellationToken);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    /// <summary>As <c>-o /dev/stdout &gt;&gt; file</c>: a chain that ends in an open descriptor.</summary>
    [Theory]
    [InlineData("/proc/self/fd/")]
    [InlineData("/dev/fd/")]
    public void A_file_that_is_open_is_written_to_and_not_replaced(string folder)
    {
        using var open = new FileStream(_directory.Write("open", "before "), FileMode.Append, FileAccess.Write);
        File.CreateSymbolicLink(In("out"), folder + open.SafeFileHandle.DangerousGetHandle());
        WholeFile.Write(In("out"), "text");
        Assert.Equal(folder + open.SafeFileHandle.DangerousGetHandle(), new FileInfo(In("out")).LinkTarget);
        Assert.Equal("before text", File.ReadAllText(In("open")));
        Assert.Equal("before text".Length, open.Length); // the same file, and not one of its name
    }
}
