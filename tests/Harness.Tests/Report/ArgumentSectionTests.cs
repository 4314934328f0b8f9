using System.Text.RegularExpressions;
using Faultline.Harness.Argument;
using Faultline.Harness.Bench.Feature;
using Faultline.Harness.Judging;
using Faultline.Harness.Report;
using Faultline.Harness.Tests.Bench.Feature;

namespace Faultline.Harness.Tests.Report;

/// <summary>The report opens with the answer, and every piece of evidence leads to what it was seen in.</summary>
public partial class ArgumentSectionTests
{
    private static readonly FeatureReport Figures = new(
    [
        FeatureStreams.Kernel("wp-unpopulated", "M", microseconds: 8, tables: 4),
        FeatureStreams.Kernel("wp-pmd-marker", "M", microseconds: 0.125, tables: 0),
    ]);

    private static RunReport Report => WithArgument(RunReport.Of([SampleRun.Control, SampleRun.Passing], SampleRun.Started, 1));

    [Fact]
    public void The_page_opens_with_the_question_and_its_answer()
    {
        var page = HtmlWriter.Write(Report);
        var cards = page.IndexOf("\"cards\"", StringComparison.Ordinal);
        Assert.InRange(page.IndexOf("How should userfaultfd", StringComparison.Ordinal), 1, cards);
        Assert.Contains("David Hildenbrand, 4", page, StringComparison.Ordinal);
        Assert.Contains("an objection to PMD markers, the price", page, StringComparison.Ordinal);
        Assert.DoesNotContain("How should userfaultfd", HtmlWriter.Write(SampleRun.Report), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_something_failed_that_comes_first()
    {
        var page = HtmlWriter.Write(WithArgument(SampleRun.Report));
        var failures = page.IndexOf("What went wrong", StringComparison.Ordinal);
        Assert.InRange(failures, 1, page.IndexOf("How should userfaultfd", StringComparison.Ordinal));
    }

    [Fact]
    public void Evidence_that_was_seen_leads_to_its_row_and_figures_to_the_plots()
    {
        var page = HtmlWriter.Write(Report);
        var ids = Id().Matches(page).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Contains(">R12 event: none on base</a>", page, StringComparison.Ordinal);
        Assert.Contains("figures", ids);
        Assert.Contains("row-R12", ids);
        Assert.All(Report.Argument!.Rows.Where(row => row.Met is not null), row => Assert.Contains($"row-{row.Row}", ids));
    }

    /// <summary>A link to a row that this run does not have leads nowhere.</summary>
    [Fact]
    public void What_was_not_observed_is_no_link_and_says_what_shows_it()
    {
        var page = HtmlWriter.Write(Report);
        Assert.DoesNotContain("#row-R48", page, StringComparison.Ordinal);
        Assert.Contains("R48 protected: not observed on wp-unpopulated-no-zeropage", page, StringComparison.Ordinal);
        Assert.Contains("To see it: <code>faultline run --variants linux-patch/knobs</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void All_kernels_stand_beside_each_other_under_the_answer()
    {
        var glance = HtmlWriter.Write(Report).Split("<div class=\"glance\">")[1].Split("</div>")[0];
        Assert.Contains("<th>base</th><th>wp-zeropage</th>", glance, StringComparison.Ordinal);
        Assert.Contains("<td data-label=\"base\">none</td>", glance, StringComparison.Ordinal);
        Assert.DoesNotContain("glance", HtmlWriter.Write(SampleRun.Report).Split("</style>")[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Plots_are_drawn_in_the_page_and_nothing_is_fetched()
    {
        var page = HtmlWriter.Write(Report);
        // Cost and page tables; one share of data makes no line, and this machine was not measured.
        Assert.Equal(2, Regex.Count(page, "<figure class=\"plot card\">"));
        Assert.Contains("PMD markers (wp-pmd-marker)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("(src|href)=\"(https?:)?//"), page);
    }

    [Fact]
    public void Without_figures_it_says_how_to_get_them()
    {
        var bare = Report with { Figures = null, Argument = Report.Argument! with { Figures = null } };
        Assert.Contains("faultline bench --only feature", HtmlWriter.Write(bare), StringComparison.Ordinal);
        Assert.DoesNotContain("<figure", HtmlWriter.Write(bare), StringComparison.Ordinal);
        var other = Report.Argument! with { Figures = Report.Argument.Figures! with { OtherBuilds = ["wp-zeropage"] } };
        Assert.Contains("other builds of wp-zeropage", ArgumentSection.FiguresOf(other), StringComparison.Ordinal);
        Assert.DoesNotContain("other builds", ArgumentSection.FiguresOf(Report.Argument), StringComparison.Ordinal);
    }

    /// <summary>A pull request gets what is worth a look, however much was promised.</summary>
    [Fact]
    public void A_run_that_passed_fits_into_sixty_lines_of_Markdown()
    {
        var control = SampleRun.Control.Controls[0] with
        {
            Notes = ["the machine was busy"],
            ExpectedFailures = [.. Enumerable.Range(1, 45).Select(row => new ExpectedFailure($"Scenario.R{row}", $"R{row}", "event=none"))],
        };
        var series = SampleRun.Passing with { Notes = ["the machine was busy"] };
        var kernels = (KernelReport[])[SampleRun.Control with { Controls = [control, control, control] }, series, series, series];
        var run = RunReport.Of(kernels, SampleRun.Started, 1) with
        {
            Run = SampleRun.Facts,
            ComparedWith = "../reports/x",
            Changes = [.. Enumerable.Repeat(new RunChange("base", "R1", "passed", "failed"), 45)],
        };
        var text = MarkdownWriter.Write(WithArgument(run));
        Assert.Equal(VerdictKind.Pass, run.Verdict);
        Assert.InRange(text.Split('\n').Length, 20, 60);
        Assert.Contains("How should userfaultfd", text, StringComparison.Ordinal);
        Assert.Contains("| David Hildenbrand, 2 |", text, StringComparison.Ordinal);
        Assert.Contains(SampleRun.Facts.Repeat, text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_file_holds_can_be_read_back()
    {
        var read = ReportJson.ReadRun(ReportJson.Write(Report));
        Assert.Equal(Report.Argument!.Claims.Select(claim => claim.Standing), read.Argument!.Claims.Select(claim => claim.Standing));
        Assert.Contains("\"standing\": \"not measured\"", ReportJson.Write(Report), StringComparison.Ordinal);
    }

    internal static RunReport WithArgument(RunReport report)
    {
        var argument = ArgumentFile.Parse("argument.toml", File.ReadAllText(RepositoryRoot.Of("linux-patch", "argument.toml")))
            .Judge(new Facts(ObservedRows.Of(report), Figures), [.. report.Kernels.Select(kernel => kernel.Name)]);
        return report with
        {
            Figures = Figures,
            Argument = argument with { Figures = new("a.json", SampleRun.Started, "faultline bench --only feature", "Machine: one.") },
        };
    }

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Id();
}
