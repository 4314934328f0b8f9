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

    /// <summary>A filter is for the rows of the suite; what a link leads to is shown, folded or filtered away as it may be.</summary>
    [Theory]
    [InlineData(400)]
    [InlineData(1600)]
    public async Task A_filter_leaves_other_tables_alone_and_a_link_shows_what_it_leads_to(int width)
    {
        const string actions = """
            <script>
            function must(what, holds) { if (!holds) console.error('not so: ' + what); }
            function follow(id) { location.hash = '#' + id; window.dispatchEvent(new HashChangeEvent('hashchange')); }
            function hidden(rows) { return Array.from(document.querySelectorAll(rows)).filter(row => row.hidden).length; }
            var all = Array.from(document.querySelectorAll('#rows > tbody > tr'));
            document.querySelector('.tools button[data-show="differing"]').click();
            must('a row that does not differ is hidden', all.some(row => row.hidden));
            must('other tables stay', hidden('table.matrix:not(#rows) tr') === 0);
            var away = all.find(row => row.hidden);
            follow(away.id);
            must('the row of a link is shown', !away.hidden);
            follow('tables');
            must('the folded tables are open', document.getElementById('tables').open);
            must('evidence is folded on a narrow screen alone', document.querySelector('details.rests').open === (innerWidth > 760));
            </script>
            """;
        var page = HtmlWriter.Write(ArgumentSectionTests.WithArgument(SampleRun.Report)) + actions;
        Assert.Empty((await Browser.LookAsync(page, width, dark: false, _folder.Path, TestContext.Current.CancellationToken)).Console);
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
