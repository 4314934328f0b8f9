using System.Text.Json;
using Faultline.Harness.Report;

namespace Faultline.Harness.Tests.Report;

/// <summary>Every report says how it came about and how to repeat it.</summary>
public sealed class RunSectionTests
{
    [Fact]
    public void Results_json_tells_command_revision_tools_and_machine()
    {
        using var json = JsonDocument.Parse(ReportJson.Write(SampleRun.Report));
        var run = json.RootElement.GetProperty("run");
        Assert.Equal(["command", "repeat", "folder", "version", "revision", "tools", "machine"], run.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["run", "--filter", SampleRun.Hostile], run.GetProperty("command").EnumerateArray().Select(word => word.GetString()!));
        Assert.Equal("QEMU emulator version 7.2.22", run.GetProperty("tools").GetProperty("qemu").GetString());
        Assert.Equal(20.25, run.GetProperty("machine").GetProperty("loadBefore").GetDouble());
        var kernel = json.RootElement.GetProperty("kernels").EnumerateArray().Single(k => k.GetProperty("name").GetString() == "wp-zeropage");
        Assert.Equal("6.1.192-1", kernel.GetProperty("source").GetProperty("version").GetString());
        Assert.Equal("gcc (Debian 12.2.0-14) 12.2.0", kernel.GetProperty("compiler").GetString());
        Assert.Equal("0002-bare.diff", kernel.GetProperty("patches")[1].GetProperty("file").GetString());
    }

    [Fact]
    public void Page_and_markdown_tell_it_too()
    {
        var html = HtmlWriter.Write(SampleRun.Report);
        var markdown = MarkdownWriter.Write(SampleRun.Report);
        foreach (var fact in new[]
        {
            "2026-11-24 01:02:03 UTC", "/home/me/my checkout", "0.1.0+73f4d66, checkout 73f4d66-dirty", ".NET 10.0.0", "QEMU emulator version 7.2.22",
            "Example CPU, 2 cores, 8.0 GiB, Debian 12, kernel 6.18.5", "20.25 when the run began, so the machine was busy",
        })
        {
            Assert.Contains(fact.Replace("+", "&#43;", StringComparison.Ordinal), html.Replace("+", "&#43;", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Contains(fact, markdown, StringComparison.Ordinal);
        }

        Assert.Contains("cd &#39;/home/me/my checkout&#39; &amp;&amp; artifacts/bin/faultline run", html, StringComparison.Ordinal);
        Assert.Contains("```\ncd '/home/me/my checkout' && artifacts/bin/faultline run", markdown, StringComparison.Ordinal);
        Assert.Contains("debian:6.1 (6.1.192-1)", html, StringComparison.Ordinal);
        Assert.Contains("mm/uffd: &lt;script&gt;", html, StringComparison.Ordinal);
        Assert.Contains("- 0002-bare.diff", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_list_of_changes_is_cut_and_says_so()
    {
        var changes = Enumerable.Range(0, 100).Select(i => new RunChange("base", $"R{i}", "passed", "failed"));
        var report = SampleRun.Report with { ComparedWith = "../reports/x", Changes = [.. changes] };
        Assert.Contains("and 60 more, see changes in results.json", HtmlWriter.Write(report), StringComparison.Ordinal);
        Assert.Contains("and 60 more, see changes in results.json", MarkdownWriter.Write(report), StringComparison.Ordinal);
    }
}
