using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faultline.AbiDiff.Coverage;

namespace Faultline.AbiDiff.Reports;

/// <summary>Drift for programs: JSON with schema <c>faultline-drift/1</c>, described in docs/abi-drift.md.</summary>
public static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(DriftReport report)
    {
        var verdict = report.Verdict;
        return Format(new()
        {
            ["schema"] = "faultline-drift/1",
            ["old"] = report.Old,
            ["new"] = report.New,
            ["headers"] = report.Headers,
            ["targets"] = new JsonArray([.. report.Targets.Select(target => JsonValue.Create(target))]),
            ["equal"] = report.IsVacuous ? null : verdict.Equal,
            ["sourceCompatible"] = report.IsVacuous ? null : verdict.Source,
            ["binaryCompatible"] = report.IsVacuous ? null : verdict.Binary,
            ["worst"] = report.Worst is { } worst ? Word(worst) : null,
            ["changes"] = new JsonArray([.. report.Findings.Select(Change)]),
            ["accepted"] = new JsonArray([.. report.Accepted.Select(Change)]),
            ["ignored"] = report.Ignored,
            ["unused"] = new JsonArray([.. report.Unused.Select(Unused)]),
            ["notCompared"] = new JsonArray([.. report.Omitted.Select(Omitted)]),
        });
    }

    internal static string Format(JsonObject node) => node.ToJsonString(Options) + "\n";

    private static JsonObject Change(Finding finding)
    {
        var node = new JsonObject
        {
            ["kind"] = finding.Change.Kind.Id,
            ["severity"] = Word(finding.Change.Kind.Severity),
            ["header"] = finding.Header,
            ["line"] = finding.Line,
            ["subject"] = finding.Change.Subject,
            ["old"] = finding.Change.Old,
            ["new"] = finding.Change.New,
        };
        if (finding.Targets.Count > 0)
            node["targets"] = new JsonArray([.. finding.Targets.Select(target => JsonValue.Create(target))]);
        if (finding.Commits.Count > 0)
            node["commits"] = new JsonArray([.. finding.Commits.Select(Commit)]);
        if (finding.Accepted is { } reason)
            node["reason"] = reason;
        return node;
    }

    private static JsonObject Unused(AcceptedChange entry)
    {
        var node = new JsonObject { ["kind"] = entry.Kind, ["header"] = entry.Header, ["subject"] = entry.Subject };
        if (entry.Target is { } target)
            node["target"] = target;
        return node;
    }

    private static JsonObject Commit(NamedCommit commit) => new() { ["id"] = commit.Id, ["summary"] = commit.Summary };

    private static JsonObject Omitted(Omission omission) => new()
    {
        ["what"] = omission.What,
        ["names"] = new JsonArray([.. omission.Names.Select(name => JsonValue.Create(name))]),
        ["side"] = omission.Side,
        ["because"] = omission.Because,
    };

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();
}
