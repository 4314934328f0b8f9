using Faultline.Harness.Report;

namespace Faultline.Harness.Tests.Report;

/// <summary>The report's page as a browser shows it: wide and narrow, light and dark.</summary>
[Trait("needs", "browser")]
public sealed class PageInBrowserTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A run with failures, a crash, the argument and plots of figures: every section that there is.</summary>
    [Theory]
    [InlineData(400, false)]
    [InlineData(400, true)]
    [InlineData(1600, false)]
    [InlineData(1600, true)]
    public async Task Everybody_can_read_it_and_nothing_is_cut_off(int width, bool dark)
    {
        var page = HtmlWriter.Write(ArgumentSectionTests.WithArgument(SampleRun.Report));
        Assert.Contains("class=\"plot", page, StringComparison.Ordinal);
        var seen = await Browser.LookAsync(page, width, dark, _folder.Path, TestContext.Current.CancellationToken);
        Assert.Empty(seen.Violations);
        Assert.Empty(seen.Console);
        Assert.Equal((width, dark), (seen.Width, seen.Dark));
        Assert.InRange(seen.Needs, 1, width);
        Assert.InRange(seen.Rules, 20, 1000);
    }

    [Fact]
    public async Task What_is_wrong_is_found()
    {
        const string page = "<!doctype html><html><head><title>x</title></head><body><h1>x</h1>"
            + "<img src=\"data:,\"><p style=\"color: #ccc; width: 500px\">pale</p>"
            + "<script>console.error('heard')</script></body></html>";
        var seen = await Browser.LookAsync(page, 400, dark: false, _folder.Path, TestContext.Current.CancellationToken);
        Assert.Contains(seen.Violations, violation => violation.StartsWith("image-alt: <img", StringComparison.Ordinal));
        Assert.Contains(seen.Violations, violation => violation.StartsWith("color-contrast: <p", StringComparison.Ordinal));
        Assert.Contains(seen.Console, line => line.Contains("heard", StringComparison.Ordinal));
        Assert.True(seen.Needs > 400, $"{seen.Needs}");
    }
}
