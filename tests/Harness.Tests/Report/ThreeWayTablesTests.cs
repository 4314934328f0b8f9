using System.Text.Json;
using Faultline.Harness.Report;

namespace Faultline.Harness.Tests.Report;

/// <summary>Header, compiled code and live kernel, in every file of the report.</summary>
public sealed class ThreeWayTablesTests
{
    [Fact]
    public void Results_json_has_every_row()
    {
        using var json = JsonDocument.Parse(ReportJson.Write(SampleRun.Passing));
        var rows = json.RootElement.GetProperty("threeWay");
        Assert.Equal(2, rows.GetArrayLength());
        Assert.Equal(["group", "item", "header", "code", "live", "agrees"], rows[0].EnumerateObject().Select(property => property.Name));
        Assert.False(rows[1].GetProperty("agrees").GetBoolean());
    }

    [Fact]
    public void Markdown_shows_the_contradiction_before_the_folded_table()
    {
        var text = MarkdownWriter.Write(SampleRun.Report);
        Assert.Contains("## Three sources of the ABI: wp-zeropage\n\n1 features, 1 records: 1 contradict each other.\n\n| item | header | compiled code | live kernel | |\n", text, StringComparison.Ordinal);
        var folded = text.IndexOf("<details><summary>all rows</summary>\n\n", StringComparison.Ordinal);
        Assert.InRange(text.IndexOf("| struct uffdio_copy.mode | offset 24, 8 bytes, u64 |", StringComparison.Ordinal), 0, folded);
        Assert.Contains("| UFFD_API_FEATURES | 0x3fff | – | 0x3fff |  |", text[folded..], StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), line => line.StartsWith("## Three sources", StringComparison.Ordinal));
    }

    [Fact]
    public void Page_marks_the_contradiction_and_escapes_what_a_kernel_said()
    {
        var page = HtmlWriter.Write(SampleRun.Report);
        Assert.Contains("<td class=\"mono failed\" data-label=\"header\">offset 24, 8 bytes, u64</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"mono\" data-label=\"live kernel\">0x3fff</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_that_never_booted_has_no_table()
    {
        Assert.DoesNotContain("Three sources", HtmlWriter.Write(RunReport.Of([SampleRun.Control], SampleRun.Started, 1)), StringComparison.Ordinal);
        Assert.DoesNotContain("Three sources", MarkdownWriter.Write(RunReport.Of([SampleRun.Control], SampleRun.Started, 1)), StringComparison.Ordinal);
    }
}
