using System.Text.Json;
using Faultline.AbiDiff.Reports;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Tests;

/// <summary>What GitHub's code scanning demands of a SARIF file beyond the schema.</summary>
public sealed class SarifTests
{
    private static readonly string[] RuleTexts = ["shortDescription", "fullDescription", "help"];

    private static readonly string?[] Levels = ["error", "warning", "note"];

    private static JsonElement Run(DriftReport report)
    {
        using var json = JsonDocument.Parse(SarifReport.Write(report, header => "include/uapi/" + header, "1.2.3"));
        Assert.Equal("2.1.0", json.RootElement.GetProperty("version").GetString());
        Assert.StartsWith("https://", json.RootElement.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        return Assert.Single(json.RootElement.GetProperty("runs").EnumerateArray()).Clone();
    }

    private static DriftReport Upstream(AcceptedChanges? accepted = null) =>
        DriftReport.Of(Repository.Side("upstream"), Repository.Side("base"), accepted);

    private static JsonElement Region(JsonElement result) => result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");

    private static string Fingerprint(JsonElement result) => result.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString()!;

    [Theory]
    [InlineData("usr/include/linux/userfaultfd.h", "usr/include/linux/userfaultfd.h")]
    [InlineData("md b.h", "md%20b.h")]
    [InlineData("a/100%#é?.h", "a/100%25%23%C3%A9%3F.h")]
    public void Paths_are_percent_encoded(string path, string uri)
    {
        using var json = JsonDocument.Parse(SarifReport.Write(Upstream(), _ => path, "1.2.3"));
        Assert.Equal([uri], json.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Select(result => result
            .GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString())
            .Distinct());
    }

    [Fact]
    public void Every_result_has_a_rule_with_help_a_place_and_a_fingerprint()
    {
        var run = Run(Upstream());
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToList();
        Assert.All(rules, rule =>
        {
            foreach (var text in RuleTexts)
                Assert.NotEmpty(rule.GetProperty(text).GetProperty("text").GetString()!);
            Assert.Contains(rule.GetProperty("defaultConfiguration").GetProperty("level").GetString(), Levels);
        });
        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(Upstream().Findings.Count, results.Count);
        Assert.All(results, result =>
        {
            Assert.Equal(rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString(), result.GetProperty("ruleId").GetString());
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            var uri = result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString();
            Assert.Equal("include/uapi/linux/userfaultfd.h", uri);
            Assert.True(Region(result).GetProperty("startLine").GetInt32() >= 1);
        });
        Assert.Equal(results.Count, results.Select(Fingerprint).Distinct().Count());
    }

    [Fact]
    public void Result_stands_where_its_subject_stands_in_the_new_header()
    {
        var report = DriftReport.Of(Repository.Side("wp-zeropage"), Repository.Side("wp-unpopulated"));
        var result = Assert.Single(Run(report).GetProperty("results").EnumerateArray());
        Assert.Equal(Repository.Variant("wp-unpopulated").LineOf("UFFD_FEATURE_WP_UNPOPULATED"), Region(result).GetProperty("startLine").GetInt32());
        Assert.Equal("error", result.GetProperty("level").GetString());
    }

    [Fact]
    public void Fingerprint_survives_inserted_lines()
    {
        var moved = Repository.Variant("wp-unpopulated");
        moved = moved with { Locations = moved.Locations.Select(at => at with { At = "linux/userfaultfd.h:999" }).ToEquatableArray() };
        string[] Prints(AbiModel.AbiSpec spec) => [.. Run(DriftReport.Of(Repository.Side("base"), new("x", spec))).GetProperty("results").EnumerateArray().Select(Fingerprint)];
        Assert.Equal(Prints(Repository.Variant("wp-unpopulated")), Prints(moved));
    }

    [Fact]
    public void Accepted_change_is_suppressed_with_its_reason()
    {
        var results = Run(Upstream(AcceptedChanges.Accepting(Upstream(), "we go back"))).GetProperty("results").EnumerateArray().ToList();
        Assert.NotEmpty(results);
        Assert.All(results, result => Assert.Equal("we go back", result.GetProperty("suppressions")[0].GetProperty("justification").GetString()));
    }

    [Fact]
    public void No_drift_is_a_run_without_results() =>
        Assert.Equal(0, Run(DriftReport.Of(Repository.Side("base"), Repository.Side("base"))).GetProperty("results").GetArrayLength());

    [Fact]
    public void What_was_not_compared_and_what_is_accepted_in_vain_are_notifications()
    {
        var silent = Repository.Side("base") with { Name = "btf", Coverage = new() { Ioctls = Reach.None, Because = "BTF holds types only" } };
        var accepted = new AcceptedChanges { Entries = EquatableArray.Of(
            new AcceptedChange("flag-removed", "GONE", "why", "linux/kvm.h")) };
        var run = Run(DriftReport.Of(Repository.Side("base"), silent, accepted));
        Assert.Equal(
        [
            "not-compared warning not compared: ioctls (9: UFFDIO_API, UFFDIO_CONTINUE, UFFDIO_COPY, UFFDIO_REGISTER, …): btf cannot tell; BTF holds types only",
            "unused-accepted-change note flag-removed of GONE in linux/kvm.h is accepted and did not happen",
        ], Notifications(run).Select(notification =>
            $"{notification.GetProperty("descriptor").GetProperty("id")} {notification.GetProperty("level")} {notification.GetProperty("message").GetProperty("text")}"));
        var described = run.GetProperty("tool").GetProperty("driver").GetProperty("notifications");
        Assert.All(Notifications(run), notification => Assert.Equal(
            notification.GetProperty("descriptor").GetProperty("id").GetString(), described[notification.GetProperty("descriptor").GetProperty("index").GetInt32()].GetProperty("id").GetString()));
    }

    [Fact]
    public void Run_that_compared_everything_has_no_notifications() => Assert.Empty(Notifications(Run(Upstream())));

    private static List<JsonElement> Notifications(JsonElement run)
    {
        var invocation = Assert.Single(run.GetProperty("invocations").EnumerateArray());
        Assert.True(invocation.GetProperty("executionSuccessful").GetBoolean());
        return [.. invocation.GetProperty("toolExecutionNotifications").EnumerateArray()];
    }
}
