using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>What a user may name as one side of a comparison.</summary>
public sealed class AbiSourceTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private static string Message(string path) => Assert.Throws<ExtractionException>(() => AbiSource.Load(path)).Message;

    [Fact]
    public void Model_file_is_read_as_it_is()
    {
        var spec = AbiSource.Load(Path.Combine(Repository.Root, "linux-patch", "base", "userfaultfd.abi.json"));
        Assert.Equal("linux/userfaultfd.h", spec.Header);
        Assert.Equal(149, spec.LineOf("struct uffdio_api.features"));
        Assert.Null(spec.LineOf("nowhere"));
    }

    [Fact]
    [Trait("needs", "libclang")]
    public void Header_and_directory_of_headers_are_extracted()
    {
        var root = Path.Combine(Repository.Headers, "linux-6.1");
        var expected = AbiSource.Load(Path.Combine(Repository.Root, "linux-patch", "base", "userfaultfd.abi.json"));
        Assert.Equal(expected, AbiSource.Load(Path.Combine(root, "linux", "userfaultfd.h"), "x86_64-linux-gnu"));
        Assert.Equal(expected, AbiSource.Load(root, "x86_64-linux-gnu"));
    }

    [Fact]
    public void Malformed_model_is_told_with_file_and_place() =>
        Assert.Contains("bad.abi.json:1:2: ", Message(_directory.Write("bad.abi.json", "{")), StringComparison.Ordinal);

    [Fact]
    public void Missing_path_is_told() => Assert.Contains("/nowhere does not exist", Message("/nowhere"), StringComparison.Ordinal);

    [Fact]
    public void Source_tree_without_installed_headers_tells_what_to_run()
    {
        _directory.Write("include/uapi/linux/userfaultfd.h", "");
        Assert.Contains("make headers_install", Message(_directory.Path), StringComparison.Ordinal);
    }
}
