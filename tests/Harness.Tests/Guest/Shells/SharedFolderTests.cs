using Faultline.Harness.Guest;
using Faultline.Harness.Guest.Shells;

namespace Faultline.Harness.Tests.Guest.Shells;

public sealed class SharedFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_and_links_to_files_come_along_and_the_rest_is_named()
    {
        Directory.CreateDirectory(Of("sub"));
        File.WriteAllText(Of("sub", "a"), "a");
        File.CreateSymbolicLink(Of("link"), Of("sub", "a"));
        File.CreateSymbolicLink(Of("loop"), _folder.Path);
        File.CreateSymbolicLink(Of("nothing"), Of("gone"));

        var shared = SharedFolder.Read(_folder.Path, TestContext.Current.CancellationToken);

        Assert.Equal(["link", "sub/a"], shared.Files.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal([Of("loop"), Of("nothing")], shared.LeftOut);
    }

    [Fact]
    public void More_than_goes_through_memory_is_refused()
    {
        using (var file = File.Create(Of("large")))
            file.SetLength(SharedFolder.MostBytes + 1);
        var refused = Assert.Throws<GuestException>(() => SharedFolder.Read(_folder.Path, TestContext.Current.CancellationToken));
        Assert.Contains("more than 1024 MiB", refused.Message, StringComparison.Ordinal);
    }

    private string Of(params string[] parts) => Path.Combine([_folder.Path, .. parts]);
}
