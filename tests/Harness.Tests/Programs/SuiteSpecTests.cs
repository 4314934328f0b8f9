using Faultline.Harness.Programs;

namespace Faultline.Harness.Tests.Programs;

/// <summary>What <c>--suite</c> takes, and what it says of anything else.</summary>
public sealed class SuiteSpecTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_suite_goes_by_what_it_is_made_from_or_by_the_name_that_it_is_given()
    {
        _folder.Write("mine/a.c", "");
        _folder.Write("prog", "");
        foreach (var mark in (string[])["Makefile", "Kconfig", "mm/userfaultfd.c", "tools/testing/selftests/mm/x.c"])
            _folder.Write($"linux-6.12/{mark}", "");
        Assert.Equal("builtin", Parse("builtin").Name);
        Assert.Equal(("selftests/mm", "mm vm"), Parse("selftests:mm") is SuiteSpec.OfKernel own ? (own.Name, own.Areas) : default);
        Assert.Equal("selftests/net/forwarding", Parse("selftests:net/forwarding").Name);
        Assert.Equal(("mine", _folder.Of("mine")), Parse("mine") is SuiteSpec.OfFolder folder ? (folder.Name, folder.Path) : default);
        Assert.Equal("mine", Parse("dir:mine").Name);
        Assert.Equal("linux-6.12/mm", Parse("linux-6.12/tools/testing/selftests/mm").Name);
        Assert.Equal("uffd", Parse("uffd=linux-6.12/tools/testing/selftests/mm/").Name);
        Assert.Equal("prog", Assert.IsType<SuiteSpec.OfProgram>(Parse("./prog")).Name);
    }

    [Theory]
    [InlineData("nothing-here", "there is no ")]
    [InlineData("", "nothing is named")]
    [InlineData("selftests:", "'' is not the name of a folder")]
    [InlineData("selftests:../../etc", "is not the name of a folder")]
    [InlineData("x=builtin", "always called 'builtin'")]
    [InlineData("dir:nowhere", "there is no ")]
    public void Anything_else_is_told_what_there_is(string text, string words)
    {
        var failure = Assert.Throws<SuiteException>(() => Parse(text));
        Assert.Null(failure.Kind);
        Assert.StartsWith($"--suite {text}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Contains("a folder with a Makefile or C files", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_nothing_can_be_built_from_is_refused()
    {
        _folder.Write("empty/readme", "");
        var failure = Assert.Throws<SuiteException>(() => SuiteSource.Of(Parse("empty"), kernel: null, request: null));
        Assert.Contains("holds neither a Makefile nor a C file", failure.Message, StringComparison.Ordinal);
        failure = Assert.Throws<SuiteException>(() => SuiteSource.Of(Parse("selftests:mm"), kernel: null, request: null));
        Assert.Contains("was not built here", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private SuiteSpec Parse(string text) => SuiteSpec.Parse(text, _folder.Of());
}
