using Faultline.AbiDiff;
using Faultline.AbiDiff.Reports;
using Faultline.AbiExtractor.Tests;
using Faultline.AbiModel;
using Faultline.AbiSources.Headers;

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

    /// <summary>Both ways round: what the older header got from another one is its own in the newer, or the reverse.</summary>
    [Theory]
    [Trait("needs", "libclang")]
    [InlineData("here.h", "there.h", "name-moved SIZE: here.h -> const.h")]
    [InlineData("there.h", "here.h", "name-moved SIZE: const.h -> here.h")]
    public async Task What_a_header_includes_is_asked_for_names_that_it_has_no_longer(string old, string current, string expected)
    {
        _directory.Write("const.h", "#define SIZE 8\n");
        _directory.Write("here.h", "#define SIZE 8\n#define OTHER 1\n");
        _directory.Write("there.h", "#include \"const.h\"\n#define OTHER 1\n");
        var (was, now) = await AbiSource.LoadPairAsync(
            new(Path.Combine(_directory.Path, old)), new(Path.Combine(_directory.Path, current)), TestContext.Current.CancellationToken);
        Assert.Equal([expected], AbiDiffer.Compare(was, now, out _).Select(change => change.ToString()));
    }

    [Fact]
    [Trait("needs", "libclang")]
    public async Task All_headers_are_asked_for_what_moved_between_them()
    {
        _directory.Write("old/linux/types.h", "struct pair { int a; };\n#define SIZE 8\n");
        _directory.Write("old/linux/user.h", "#include <linux/types.h>\n");
        _directory.Write("new/linux/pair.h", "struct pair { int a; };\n#define SIZE 8\n");
        _directory.Write("new/linux/types.h", "#include <linux/pair.h>\n");
        _directory.Write("new/linux/user.h", "#include <linux/types.h>\n");
        using InstalledHeaders old = new("old", Path.Combine(_directory.Path, "old")),
            current = new("new", Path.Combine(_directory.Path, "new"));
        var sweep = await HeaderSweep.ReadAsync(old, current, new("") { Target = "x86_64-linux-gnu" },
            TestContext.Current.CancellationToken);
        Assert.Equal(
            ["linux/pair.h: header-added linux/pair.h: new", "linux/types.h: name-moved SIZE: linux/types.h -> linux/pair.h",
                "linux/types.h: name-moved struct pair: linux/types.h -> linux/pair.h"],
            DriftReport.Of("old", "new", sweep.Pairs).Findings.Select(finding => $"{finding.Header}: {finding.Change}"));
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
