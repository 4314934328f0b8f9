using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Faultline.AbiConsumers.Hazards.Reports;

/// <summary>Hazards for code scanning: SARIF 2.1.0. Paths are relative to the folder that was scanned.</summary>
public static class HazardSarif
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    public static string Write(HazardReport report, string version)
    {
        var rules = report.ByKind.Select(group => group.Key).ToList();
        return HazardJson.Format(new()
        {
            ["$schema"] = Schema,
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = "faultline abi consumers",
                        ["semanticVersion"] = version,
                        ["rules"] = new JsonArray([.. rules.Select(Rule)]),
                    },
                },
                ["invocations"] = new JsonArray(new JsonObject
                {
                    ["executionSuccessful"] = true,
                    ["toolExecutionNotifications"] = new JsonArray([.. Unread(report)
                        .Select(line => new JsonObject { ["level"] = "warning", ["message"] = Text(line) })]),
                }),
                ["results"] = new JsonArray([.. report.Hazards.Select(hazard => Result(hazard, rules.IndexOf(hazard.Kind)))]),
                ["columnKind"] = "utf16CodeUnits",
            }),
        });
    }

    private static IEnumerable<string> Unread(HazardReport report) =>
        report.Unread.Where(unread => unread.Naming > 0).Select(unread => $"not read: {unread}")
            .Concat(report.Skipped.Select(skipped => $"skipped {skipped.Path}: {skipped.Reason}"));

    private static JsonObject Rule(HazardKind kind) => new()
    {
        ["id"] = kind.Id,
        ["name"] = string.Concat(kind.Id.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])),
        ["shortDescription"] = Text(kind.Title),
        ["fullDescription"] = Text($"{kind.Title} {kind.Why}"),
        ["help"] = Text($"{kind.Remedy} Proof: {string.Join("; ", kind.Proofs)}."),
        ["properties"] = new JsonObject { ["tags"] = new JsonArray("userfaultfd") },
    };

    private static JsonObject Result(Hazard hazard, int rule) => new()
    {
        ["ruleId"] = hazard.Kind.Id,
        ["ruleIndex"] = rule,
        ["level"] = hazard.Sure switch { Sureness.Certain => "error", Sureness.Likely => "warning", _ => "note" },
        ["message"] = Text($"{hazard.What} ({hazard.Sure.ToString().ToLowerInvariant()}; on kernels: {hazard.Kernels}). "
            + $"{hazard.Kind.Why} {hazard.Kind.Remedy}"),
        ["locations"] = new JsonArray(new JsonObject
        {
            ["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = new JsonObject { ["uri"] = Uri.EscapeDataString(hazard.File)
                    .Replace("%2F", "/", StringComparison.Ordinal) },
                ["region"] = new JsonObject { ["startLine"] = hazard.Line },
            },
        }),
        ["partialFingerprints"] = new JsonObject { ["primaryLocationLineHash"] = Fingerprint(hazard) },
    };

    /// <summary>A fingerprint of the finding and its function without the line, because lines move.</summary>
    private static string Fingerprint(Hazard hazard) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Join('\0', hazard.File, hazard.Function, hazard.Kind.Id, hazard.What))))[..16] + ":1";

    private static JsonObject Text(string text) => new() { ["text"] = text };
}
