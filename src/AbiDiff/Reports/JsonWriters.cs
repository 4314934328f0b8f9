using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faultline.AbiDiff.Coverage;

namespace Faultline.AbiDiff.Reports;

/// <summary>Drift for programs: JSON with schema <c>faultline-drift/1</c>, and SARIF 2.1.0 for code scanning.</summary>
public static class JsonWriters
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(DriftReport report)
    {
        var verdict = Compatibility.Of(report.Changes);
        return Format(new()
        {
            ["schema"] = "faultline-drift/1",
            ["old"] = report.Old,
            ["new"] = report.New,
            ["equal"] = verdict.Equal,
            ["sourceCompatible"] = verdict.Source,
            ["binaryCompatible"] = verdict.Binary,
            ["worst"] = verdict.Equal ? null : Word(verdict.Worst),
            ["changes"] = new JsonArray([.. report.Changes.Select(change => Change(change))]),
            ["accepted"] = new JsonArray([.. report.Accepted.Select(accepted => Change(accepted.Change, accepted.Reason))]),
            ["unused"] = new JsonArray([.. report.Unused.Select(entry => new JsonObject { ["kind"] = entry.Kind, ["subject"] = entry.Subject })]),
            ["notCompared"] = new JsonArray([.. report.Omitted.Select(Omitted)]),
        });
    }

    /// <param name="headerPath">The header's path in the repository, to which code scanning attaches the results.</param>
    /// <param name="lineOf">The line of a subject in that header, from the new model's locations; null when unknown.</param>
    public static string Sarif(DriftReport report, string headerPath, Func<string, int?> lineOf) => Format(new()
    {
        ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
        ["version"] = "2.1.0",
        ["runs"] = new JsonArray(new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "faultline abi diff",
                    ["rules"] = new JsonArray([.. report.Changes.Select(change => change.Kind).Distinct().OrderBy(kind => kind.Id, StringComparer.Ordinal).Select(Rule)]),
                },
            },
            ["results"] = new JsonArray([.. report.Changes.Select(change => Result(change, headerPath, lineOf(change.Subject)))]),
        }),
    });

    private static JsonObject Rule(ChangeKind kind) => new JsonObject
    {
        ["id"] = kind.Id,
        ["shortDescription"] = new JsonObject { ["text"] = kind.Title },
        ["help"] = new JsonObject { ["text"] = kind.Remedy },
        ["defaultConfiguration"] = new JsonObject { ["level"] = Level(kind.Severity) },
    };

    private static JsonObject Result(AbiChange change, string headerPath, int? line)
    {
        var location = new JsonObject { ["artifactLocation"] = new JsonObject { ["uri"] = headerPath } };
        if (line is { } number)
            location["region"] = new JsonObject { ["startLine"] = number };
        return new JsonObject
        {
            ["ruleId"] = change.Kind.Id,
            ["level"] = Level(change.Kind.Severity),
            ["message"] = new JsonObject { ["text"] = change.ToString() },
            ["locations"] = new JsonArray(new JsonObject { ["physicalLocation"] = location }),
            ["partialFingerprints"] = new JsonObject { ["change/v1"] = $"{change.Kind.Id} {change.Subject}" },
        };
    }

    private static JsonObject Omitted(Omission omission) => new()
    {
        ["what"] = omission.What,
        ["names"] = new JsonArray([.. omission.Names.Select(name => JsonValue.Create(name))]),
        ["side"] = omission.Side,
        ["because"] = omission.Because,
    };

    private static JsonObject Change(AbiChange change, string? reason = null)
    {
        var node = new JsonObject
        {
            ["kind"] = change.Kind.Id,
            ["severity"] = Word(change.Kind.Severity),
            ["subject"] = change.Subject,
            ["old"] = change.Old,
            ["new"] = change.New,
        };
        if (reason is not null)
            node["reason"] = reason;
        return node;
    }

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();

    private static string Level(Severity severity) => severity switch { Severity.Breaking => "error", Severity.Risky => "warning", _ => "note" };

    private static string Format(JsonObject node) => node.ToJsonString(Options) + "\n";
}
