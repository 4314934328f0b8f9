using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Faultline.AbiConsumers.Hazards.Reports;

/// <summary>Hazards for programs: JSON with schema <c>faultline-hazards/1</c>, described in docs/abi-hazards.md.</summary>
public static class HazardJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(HazardReport report) => Format(new()
    {
        ["schema"] = "faultline-hazards/1",
        ["folder"] = report.Folder,
        ["files"] = report.Files,
        ["users"] = new JsonObject(report.Users.Select(files => KeyValuePair.Create(files.Key, (JsonNode?)files.Value))),
        ["requests"] = report.Requests,
        ["skipped"] = new JsonArray([.. report.Skipped.Select(skipped => new JsonObject { ["path"] = skipped.Path,
            ["reason"] = skipped.Reason })]),
        ["unread"] = new JsonArray([.. report.Unread.Select(unread => new JsonObject { ["language"] = unread.Language,
            ["files"] = unread.Files, ["naming"] = unread.Naming })]),
        ["kinds"] = new JsonArray([.. report.ByKind.Select(group => Kind(group.Key))]),
        ["hazards"] = new JsonArray([.. report.Hazards.Select(hazard => new JsonObject
        {
            ["kind"] = hazard.Kind.Id,
            ["sure"] = hazard.Sure.ToString().ToLowerInvariant(),
            ["file"] = hazard.File,
            ["line"] = hazard.Line,
            ["function"] = hazard.Function,
            ["what"] = hazard.What,
            ["kernels"] = hazard.Kernels,
        })]),
    });

    internal static string Format(JsonObject json) => json.ToJsonString(Options) + "\n";

    private static JsonObject Kind(HazardKind kind) => new()
    {
        ["id"] = kind.Id,
        ["title"] = kind.Title,
        ["why"] = kind.Why,
        ["remedy"] = kind.Remedy,
        ["proofs"] = new JsonArray([.. kind.Proofs.Select(proof => new JsonObject { ["row"] = proof.Row, ["variant"] = proof.Variant,
            ["key"] = proof.Key, ["value"] = proof.Value })]),
    };
}
