using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using System.Xml.Schema;
using Faultline.Harness.Judging;
using Faultline.Harness.Report;
using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Report;

public sealed partial class WriterTests
{
    [Fact]
    public void Results_json_has_the_names_that_other_programs_read()
    {
        using var json = JsonDocument.Parse(ReportJson.Write(SampleRun.Report));
        var root = json.RootElement;

        Assert.Equal("faultline-results/1", root.GetProperty("schema").GetString());
        Assert.Equal(7, root.GetProperty("exitCode").GetInt32());
        Assert.Equal("crashed", root.GetProperty("verdict").GetString());
        var kernel = root.GetProperty("kernels")[0];
        Assert.Equal("base", kernel.GetProperty("name").GetString());
        Assert.Equal("6.1.192-base", kernel.GetProperty("release").GetString());
        Assert.Equal("pass", kernel.GetProperty("verdict").GetString());
        Assert.False(kernel.TryGetProperty("feature", out _));
        Assert.Equal(["requested", "used", "reason", "clocksource"], kernel.GetProperty("accelerator").EnumerateObject().Select(p => p.Name));
        Assert.Equal(["name", "seconds", "cached", "reason"], kernel.GetProperty("phases")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(["total", "passed", "failed", "skipped"], kernel.GetProperty("tests").EnumerateObject().Select(p => p.Name));
        var control = kernel.GetProperty("controls")[0];
        Assert.Equal("wp-zeropage", control.GetProperty("variant").GetString());
        Assert.Equal("R12", control.GetProperty("expectedFailures")[0].GetProperty("row").GetString());
        Assert.Equal(JsonValueKind.Array, control.GetProperty("unexpected").ValueKind);
        var variant = root.GetProperty("kernels")[1];
        Assert.Equal("UFFD_FEATURE_WP_ZEROPAGE", variant.GetProperty("feature").GetString());
        Assert.Equal("Zw", variant.GetProperty("results")[1].GetProperty("observed").GetProperty("pagemap").GetString());
    }

    [Fact]
    public void Notes_and_the_load_of_the_machine_are_in_every_report_that_people_or_programs_read()
    {
        var kernel = SampleRun.Passing with { Notes = ["the machine was busy <b>"], Host = new HostLoad(20, 18, 20.5, 2) };
        var control = SampleRun.Control with { Controls = [SampleRun.Control.Controls[0] with { Notes = ["a hole in the log"] }] };
        var report = RunReport.Of([control, kernel], SampleRun.Report.Started, 1);

        using var json = JsonDocument.Parse(ReportJson.Write(report));
        Assert.Equal("the machine was busy <b>", json.RootElement.GetProperty("kernels")[1].GetProperty("notes")[0].GetString());
        Assert.Equal(18, json.RootElement.GetProperty("kernels")[1].GetProperty("host").GetProperty("waited").GetDouble());
        Assert.Equal("a hole in the log", json.RootElement.GetProperty("kernels")[0].GetProperty("controls")[0].GetProperty("notes")[0].GetString());
        Assert.Contains("note: the machine was busy &lt;b>", MarkdownWriter.Write(report), StringComparison.Ordinal);
        Assert.Contains("note: a hole in the log", MarkdownWriter.Write(report), StringComparison.Ordinal);
        Assert.Contains("Note: the machine was busy &lt;b&gt;", HtmlWriter.Write(report), StringComparison.Ordinal);
        Assert.Contains("Note: a hole in the log", HtmlWriter.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Which_kernel_it_is_stands_beside_its_name_in_parts()
    {
        var kernel = SampleRun.Passing with
        {
            Id = "wp-zeropage.debug-1a2b3c4d", Variant = "wp-zeropage", Architecture = "x86_64", Flavour = "debug",
        };
        using var json = JsonDocument.Parse(ReportJson.Write(kernel));
        Assert.Equal(
            ["wp-zeropage", "wp-zeropage.debug-1a2b3c4d", "wp-zeropage", "x86_64", "debug"],
            ((string[])["name", "id", "variant", "architecture", "flavour"])
                .Select(part => json.RootElement.GetProperty(part).GetString()));
        Assert.Equal(ReportJson.Write(kernel), ReportJson.Write(ReportJson.ReadKernel(ReportJson.Write(kernel))));
    }

    [Fact]
    public void Results_json_reads_back_as_it_was_written()
    {
        var written = ReportJson.Write(SampleRun.Report);
        Assert.Equal(written, ReportJson.Write(ReportJson.ReadRun(written)));
        var kernel = ReportJson.Write(SampleRun.Failing);
        Assert.Equal(kernel, ReportJson.Write(ReportJson.ReadKernel(kernel)));
    }

    [Theory]
    [InlineData("\"verdict\": \"crashed\"", "\"verdict\": \"crash\"", "'crash' is not a verdict; there are pass, failed, abi-drift, ")]
    [InlineData(
        "\"outcome\": \"skipped\"", "\"outcome\": \"ignored\"",
        "'ignored' is not an outcome of a test; there are passed, failed, skipped, missing.")]
    [InlineData("\"role\": \"control\"", "\"role\": \"0\"", "'0' is not a role; there are control, variant, reference.")]
    [InlineData("\"used\": \"tcg\"", "\"used\": 1", "Not a word but Number, where the name of an accelerator belongs.")]
    public void A_word_that_this_version_does_not_know_is_an_error_of_the_file(string written, string other, string problem)
    {
        var text = ReportJson.Write(SampleRun.Report);
        Assert.Contains(written, text, StringComparison.Ordinal);
        var error = Assert.Throws<JsonException>(() => ReportJson.ReadRun(text.Replace(written, other, StringComparison.Ordinal)));
        Assert.StartsWith(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_control_fails_the_run()
    {
        var control = SampleRun.Control with { Controls = [SampleRun.Control.Controls[0] with { Verdict = VerdictKind.Vacuous }] };
        Assert.Equal(9, RunReport.Of([control, SampleRun.Passing], SampleRun.Started, 1).ExitCode);
        Assert.Equal(0, RunReport.Of([SampleRun.Passing, SampleRun.Control], SampleRun.Started, 1).ExitCode);
    }

    [Fact]
    public void Every_junit_file_is_valid_against_the_schema()
    {
        var schemas = new XmlSchemaSet();
        schemas.Add("", Path.Combine(AppContext.BaseDirectory, "Report", "junit.xsd"));
        foreach (var kernel in SampleRun.Report.Kernels)
        {
            var document = XDocument.Parse(JUnitWriter.Write(kernel, SampleRun.Started));
            document.Validate(schemas, (_, e) => Assert.Fail($"{kernel.Name}: {e.Message}"));
            var suites = document.Root!.Elements("testsuite").ToList();
            Assert.Equal(suites.Sum(suite => suite.Elements("testcase").Count()), (int)document.Root.Attribute("tests")!);
        }
    }

    [Fact]
    public void In_junit_an_expected_failure_of_the_control_is_a_pass_that_tells_what_it_saw()
    {
        var document = XDocument.Parse(JUnitWriter.Write(SampleRun.Control, SampleRun.Started));
        Assert.Equal(0, (int)document.Root!.Attribute("failures")!);
        var test = document.Descendants("testcase").Single(e => ((string)e.Attribute("classname")!).Contains("control", StringComparison.Ordinal));
        Assert.Contains("event=none", (string)test.Element("system-out")!, StringComparison.Ordinal);
    }

    [Fact]
    public void In_junit_a_splat_is_an_error_although_no_test_failed()
    {
        var document = XDocument.Parse(JUnitWriter.Write(SampleRun.Crashed, SampleRun.Started));
        Assert.Equal(1, (int)document.Root!.Attribute("errors")!);
        Assert.Contains("change_pte_range", (string)document.Descendants("error").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ktap_plans_every_level_and_counts_from_one()
    {
        foreach (var kernel in SampleRun.Report.Kernels)
        {
            var text = KtapWriter.Write(kernel);
            var lines = text.TrimEnd('\n').Split('\n');
            Assert.Equal("KTAP version 1", lines[0]);
            Assert.All(lines, line => Assert.Matches(KtapLine(), line));
            foreach (var level in new[] { "", "  " })
            {
                var planned = lines.Where(line => line.StartsWith($"{level}1..", StringComparison.Ordinal)).Select(line => int.Parse(line[(level.Length + 3)..])).Sum();
                var results = lines.Count(line => KtapResult().Match(line) is { Success: true } match && match.Groups["level"].Value == level);
                Assert.Equal(planned, results);
            }

            Assert.Equal(kernel.Verdict == VerdictKind.Pass, lines[^1].StartsWith("ok ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Ktap_marks_skips_and_failures()
    {
        Assert.Contains("  ok 2 Generated.Move # SKIP UFFDIO_MOVE is not", KtapWriter.Write(SampleRun.Passing), StringComparison.Ordinal);
        var failing = KtapWriter.Write(SampleRun.Failing);
        Assert.Contains("  # pagemap: A, expected M\n", failing, StringComparison.Ordinal);
        Assert.Contains("  not ok 2 Scenario.R12\n", failing, StringComparison.Ordinal);
        Assert.Contains("\nnot ok 1 scenario\n", failing, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_shows_hostile_text_as_text_and_needs_nothing_from_outside()
    {
        var html = HtmlWriter.Write(SampleRun.Report);

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(OutsideReference(), html);
        Assert.Single(Regex.Matches(html, "<script"));
        foreach (var kernel in SampleRun.Report.Kernels)
            Assert.Contains($">{kernel.Name}<", html, StringComparison.Ordinal);
        Assert.Contains("change_pte_range", html, StringComparison.Ordinal);
        Assert.Contains("a guest in KVM stood still", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_tags_are_balanced()
    {
        var open = new Stack<string>();
        foreach (Match tag in HtmlTag().Matches(Regex.Replace(HtmlWriter.Write(SampleRun.Report), "<(style|script)>.*?</\\1>", "", RegexOptions.Singleline)))
        {
            var name = tag.Groups["name"].Value;
            if (name is "meta" or "input" or "!doctype" or "i" or "br")
                continue;
            if (tag.Value[1] == '/')
                Assert.Equal(name, open.Pop());
            else
                open.Push(name);
        }

        Assert.Empty(open);
    }

    [Fact]
    public void The_matrix_marks_what_differs_from_the_control_and_orders_rows_as_numbers()
    {
        var html = HtmlWriter.Write(SampleRun.Report);
        html = html[html.IndexOf("Side by side", StringComparison.Ordinal)..];
        Assert.Contains("<td class=\"cell mono differs\" data-label=\"wp-zeropage\">", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"cell mono failed differs\" data-label=\"wp-unpopulated\">", html, StringComparison.Ordinal);
        Assert.True(html.IndexOf(">R2<", StringComparison.Ordinal) < html.IndexOf(">R12<", StringComparison.Ordinal));
        Assert.Contains("<span class=\"o d\"><i>pagemap</i> Zw</span>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Scenarios_that_share_a_row_each_have_a_line()
    {
        var second = SampleRun.Passing.Results[1] with { Id = "Scenario.R12-again", Name = "again" };
        var run = RunReport.Of([SampleRun.Control, SampleRun.Passing with { Results = SampleRun.Passing.Results.Add(second) }], SampleRun.Started, 1);
        var failed = RunReport.Of([.. run.Kernels, SampleRun.Failing], SampleRun.Started, 1);
        // The row in which a kernel failed stands among the failures too.
        Assert.Equal(3, MarkdownWriter.Write(failed).Split('\n').Count(line => line.StartsWith("| R12 |", StringComparison.Ordinal)));
        Assert.Contains(">again<", HtmlWriter.Write(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_tables_survive_pipes_and_show_expected_beside_observed()
    {
        var text = MarkdownWriter.Write(SampleRun.Report);
        var rows = text.Split('\n').Where(line => line.StartsWith("| R12 |", StringComparison.Ordinal)).ToList();
        Assert.Equal("| R12 | R12 | pagemap | M | **A** |", rows[0]);
        var row = Assert.Single(rows[1..]);
        Assert.Equal(6, Regex.Count(row, @"(?<!\\)\|"));
        Assert.Contains("event=**wp\\|write** faults=**0+1** pagemap=**Zw**", row, StringComparison.Ordinal);
        Assert.Contains("✗ event=**wp\\|write** faults=**0+1** pagemap=A (pagemap is A, expected M)", row, StringComparison.Ordinal);
        Assert.Contains("- 1 promises fail as they must.", text, StringComparison.Ordinal);
        Assert.StartsWith("# Faultline: crashed (exit 7)", text, StringComparison.Ordinal);
    }

    /// <summary>The page opens with what went wrong: the excerpt once, each failed test with its differences, the missing ones counted.</summary>
    [Fact]
    public void The_page_shows_expected_beside_observed_and_says_nothing_twice()
    {
        var page = HtmlWriter.Write(SampleRun.Report);
        var failures = page[page.IndexOf("What went wrong", StringComparison.Ordinal)..page.IndexOf("Side by side", StringComparison.Ordinal)];
        Assert.Contains("pagemap</td><td class=\"mono\" data-label=\"expected\">M</td><td class=\"mono off\" data-label=\"observed\">A</td>", failures, StringComparison.Ordinal);
        Assert.DoesNotContain("Scenario.R12: pagemap is A, expected M", failures, StringComparison.Ordinal);
        Assert.Contains("1 planned test has no result", failures, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(failures, "RIP: 0010:change_pte_range"));
    }

    [Fact]
    public void A_title_is_what_people_read_and_the_name_is_what_programs_read()
    {
        var told = SampleRun.Failing.Results[1] with { Title = "A write to a protected hole", About = "What a snapshot must not miss." };
        var kernel = SampleRun.Failing with { Results = [SampleRun.Failing.Results[0], told] };
        var control = SampleRun.Control with { Controls = [SampleRun.Control.Controls[0] with { ExpectedFailures = [new ExpectedFailure(told.Id, "R12", "event=none")] }] };
        var run = RunReport.Of([control, kernel], SampleRun.Started, 1);
        var html = HtmlWriter.Write(run);
        Assert.Contains("title=\"What a snapshot must not miss.\">R12</td>", html, StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(html, "A write to a protected hole")); // what went wrong, the control, side by side
        var markdown = MarkdownWriter.Write(run);
        Assert.Contains("| R12 | A write to a protected hole | pagemap |", markdown, StringComparison.Ordinal);
        Assert.Contains("- 1 promises fail as they must.", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("A write to a protected hole", JUnitWriter.Write(kernel, SampleRun.Started), StringComparison.Ordinal);
        Assert.Contains("not ok 2 Scenario.R12\n", KtapWriter.Write(kernel), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_excerpt_says_is_no_reason_of_its_own()
    {
        var kernel = SampleRun.Crashed with { Summary = "does not build", Reasons = ["mm/mprotect.c:3: error: x", "Whole log: y"], Excerpt = "does not build\n  mm/mprotect.c:3: error: x" };
        Assert.Equal(["Whole log: y"], FailureText.OtherReasons(kernel));
    }

    [Fact]
    public void A_plan_without_results_is_reported_as_missing_and_counted_as_failed()
    {
        var record = Results.Streams.Record(Results.Streams.Plan, Results.Streams.Result("R1"));
        var tests = TestReport.Of(record);
        Assert.Equal([TestOutcome.Passed, TestOutcome.Missing], tests.Select(test => test.Outcome));
        Assert.Equal(new TestTotals(2, 1, 1, 0), TestReport.Totals(tests));
    }

    [GeneratedRegex(@"^(KTAP version 1|#.*|1\.\.\d+|(not )?ok \d+ [^#]+(# SKIP .*)?|  (KTAP version 1|#.*|1\.\.\d+|(not )?ok \d+ [^#]+(# SKIP .*)?))$")]
    private static partial Regex KtapLine();

    [GeneratedRegex(@"^(?<level>\s*)(not )?ok \d+ ")]
    private static partial Regex KtapResult();

    [GeneratedRegex(@"(src|href)=""(https?:)?//|@import|url\(")]
    private static partial Regex OutsideReference();

    [GeneratedRegex(@"</?(?<name>[!a-z0-9]+)[^>]*>")]
    private static partial Regex HtmlTag();
}
