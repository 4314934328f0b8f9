using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Faultline.AbiConsumers.Reports;

/// <summary>A consumer's state for programs: JSON with schema <c>faultline-consumer/1</c>, described in docs/abi-consumers.md.</summary>
public static class ConsumerJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ConsumerReport report) => new JsonObject
    {
        ["schema"] = "faultline-consumer/1",
        ["folder"] = report.Folder,
        ["header"] = report.Header,
        ["target"] = report.Target,
        ["files"] = new JsonObject(report.Files.Select(files => KeyValuePair.Create(files.Key, (JsonNode?)files.Value))),
        ["skipped"] = new JsonArray([.. report.Skipped.Select(skipped => new JsonObject { ["path"] = skipped.Path,
            ["reason"] = skipped.Reason })]),
        ["unread"] = new JsonArray([.. report.Unread.Select(unread => new JsonObject { ["language"] = unread.Language,
            ["files"] = unread.Files, ["naming"] = unread.Naming })]),
        ["names"] = new JsonArray([.. report.Uses.Select(Use)]),
    }.ToJsonString(Options) + "\n";

    private static JsonObject Use(NameUse use) => new()
    {
        ["kind"] = use.Name.Kind.ToString().ToLowerInvariant(),
        ["name"] = use.Name.Name,
        // Digits, because 64-bit values are no JSON numbers to many readers.
        ["value"] = use.Name.Value?.ToString(),
        ["mentions"] = use.Mentions,
        ["definitions"] = new JsonArray([.. use.Sites.Select(site => new JsonObject
        {
            ["file"] = site.File,
            ["line"] = site.Line,
            ["spelling"] = site.Spelling,
            ["state"] = site.State.ToString().ToLowerInvariant(),
            ["what"] = site.What,
        })]),
    };
}
