using System.Text.Json;
using Faultline.AbiDiff.Reports;

namespace Faultline.AbiDiff.Tests;

/// <summary>What the writers make of a drift, and what a baseline takes out of it.</summary>
public sealed class ReportTests
{
    private static DriftReport Variants(Baseline? baseline = null) =>
        DriftReport.Of(Repository.Side("wp-zeropage"), Repository.Side("wp-unpopulated"), baseline);

    private static Baseline Accepting(string kind, string subject, string reason = "both series took the bit of the list") => Baseline.Parse(
        $$"""{ "schema": "faultline-drift-baseline/1", "accepted": [ { "kind": "{{kind}}", "subject": "{{subject}}", "reason": "{{reason}}" } ] }""");

    [Fact]
    public void Text_has_one_change_a_line_and_a_verdict() => Assert.Equal("""
        wp-zeropage -> wp-unpopulated
          breaking   flag-bit-reused UFFD_FEATURE 1 << 13: UFFD_FEATURE_WP_ZEROPAGE -> UFFD_FEATURE_WP_UNPOPULATED
        1 breaking; source-incompatible, binary-incompatible

        """, TextWriters.Text(Variants()));

    [Fact]
    public void No_drift_says_so()
    {
        var report = DriftReport.Of(Repository.Side("base") with { Name = "a" }, Repository.Side("base") with { Name = "b" });
        Assert.Equal("a -> b\nno drift\n", TextWriters.Text(report));
        Assert.False(report.IsOver(Severity.Compatible));
    }

    [Fact]
    public void Markdown_tells_what_to_do()
    {
        var text = TextWriters.Markdown(Variants());
        Assert.Contains("| breaking | `flag-bit-reused` | `UFFD_FEATURE 1 << 13` | `UFFD_FEATURE_WP_ZEROPAGE` | `UFFD_FEATURE_WP_UNPOPULATED` |", text, StringComparison.Ordinal);
        Assert.Contains("Take the next free bit", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_the_same()
    {
        using var json = JsonDocument.Parse(JsonWriters.Json(Variants()));
        Assert.Equal("faultline-drift/1", json.RootElement.GetProperty("schema").GetString());
        Assert.Equal("breaking", json.RootElement.GetProperty("worst").GetString());
        Assert.False(json.RootElement.GetProperty("binaryCompatible").GetBoolean());
        Assert.Equal("flag-bit-reused", json.RootElement.GetProperty("changes")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public void Sarif_points_into_the_header()
    {
        var report = DriftReport.Of(Repository.Side("base"), Repository.Side("wp-unpopulated"));
        using var json = JsonDocument.Parse(JsonWriters.Sarif(report, "include/uapi/linux/userfaultfd.h", subject => subject == "UFFD_API_FEATURES" ? 29 : null));
        var run = json.RootElement.GetProperty("runs")[0];
        var results = run.GetProperty("results").EnumerateArray().ToDictionary(result => result.GetProperty("ruleId").GetString()!);
        Assert.Equal("note", results["flag-added"].GetProperty("level").GetString());
        Assert.Equal(29, results["mask-grew"].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32());
        Assert.Equal(results.Keys.Order(StringComparer.Ordinal), run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));
    }

    [Fact]
    public void Accepted_change_is_under_every_bar_and_still_told()
    {
        var report = Variants(Accepting("flag-bit-reused", "UFFD_FEATURE 1 << 13"));
        Assert.True(Variants().IsOver(Severity.Breaking));
        Assert.False(report.IsOver(Severity.Compatible));
        Assert.Equal("no drift beyond 1 accepted", report.Summary);
        Assert.Contains("took the bit of the list", TextWriters.Text(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Baseline_that_matches_nothing_is_told()
    {
        var report = Variants(Accepting("flag-removed", "UFFD_FEATURE_SIGBUS"));
        Assert.Single(report.Unused);
        Assert.Contains("which did not happen", TextWriters.Text(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "no JSON")]
    [InlineData("{}", "must be an object")]
    [InlineData("[]", "must be an object")]
    [InlineData("{\"schema\": \"other\", \"accepted\": []}", "\"other\"")]
    [InlineData("{\"schema\": \"faultline-drift-baseline/1\", \"accepted\": [{\"kind\": \"x\", \"subject\": \"y\", \"reason\": \"z\"}]}", "does not exist")]
    [InlineData("{\"schema\": \"faultline-drift-baseline/1\", \"accepted\": [{\"kind\": \"flag-added\", \"subject\": \"y\", \"reason\": \"\"}]}", "without a reason")]
    public void Broken_baseline_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Baseline.Parse(text)).Message, StringComparison.Ordinal);
}
