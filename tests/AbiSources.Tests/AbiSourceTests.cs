using Faultline.AbiExtractor.Tests;
using Faultline.AbiModel;

namespace Faultline.AbiSources.Tests;

/// <summary>What a user may name as one side of a comparison.</summary>
public sealed class AbiSourceTests : IDisposable
{
    private static readonly string Model = Path.Combine(Repository.Root, "linux-patch", "base", "userfaultfd.abi.json");

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private static Task<AbiSide> LoadAsync(string name) =>
        AbiSource.LoadAsync(new(name) { Target = "x86_64-linux-gnu" }, TestContext.Current.CancellationToken);

    private static async Task<string> MessageAsync(string name) => (await Assert.ThrowsAsync<SideException>(() => LoadAsync(name))).Message;

    [Fact]
    public async Task Model_file_is_read_as_it_is()
    {
        var side = await LoadAsync(Model);
        Assert.Equal("linux/userfaultfd.h", side.Spec.Header);
        Assert.Equal(149, side.Spec.LineOf("struct uffdio_api.features"));
        Assert.Null(side.Spec.LineOf("nowhere"));
        Assert.Equal(AbiCoverage.Whole, side.Coverage);
    }

    [Fact]
    [Trait("needs", "libclang")]
    public async Task Header_and_directory_of_headers_are_extracted()
    {
        var root = Path.Combine(Repository.Headers, "linux-6.1");
        var expected = (await LoadAsync(Model)).Spec;
        Assert.Equal(expected, (await LoadAsync(Path.Combine(root, "linux", "userfaultfd.h"))).Spec);
        Assert.Equal(expected, (await LoadAsync(root)).Spec);
    }

    [Fact]
    [Trait("needs", "libclang")]
    public async Task Another_header_of_a_directory_can_be_asked_for()
    {
        var root = Path.Combine(Repository.Headers, "linux-6.1");
        var side = await AbiSource.LoadAsync(new(root) { Header = "linux/types.h" }, TestContext.Current.CancellationToken);
        Assert.Equal("linux/types.h", side.Spec.Header);
    }

    [Fact]
    public async Task Malformed_model_is_told_with_file_and_place() =>
        Assert.Contains("bad.abi.json:1:2: ", await MessageAsync(_directory.Write("bad.abi.json", "{")), StringComparison.Ordinal);

    [Fact]
    public async Task Missing_path_is_told_with_what_may_stand_there()
    {
        var message = await MessageAsync("/nowhere");
        Assert.Contains("/nowhere does not exist", message, StringComparison.Ordinal);
        Assert.All(AbiSource.WhatASideMayBe, what => Assert.Contains(what, message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Directory_without_the_header_tells_where_it_looked() =>
        Assert.Contains("usr/include/linux/userfaultfd.h", await MessageAsync(_directory.Path), StringComparison.Ordinal);
}
