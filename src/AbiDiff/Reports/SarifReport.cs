using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Faultline.AbiDiff.Reports;

/// <summary>Drift for code scanning: SARIF 2.1.0, with what GitHub asks for beyond the standard's minimum.</summary>
/// <remarks>
/// GitHub wants for each result a rule with help, a relative location with a line, and a fingerprint by which it knows the result again.
/// Only changes that nobody accepted become results open to triage; accepted ones are listed as suppressed, with the reason.
/// What was not compared, and accepted changes that did not happen, are notifications of the run.
/// </remarks>
public static class SarifReport
{
    private const string Page = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>The sorts of notifications: "warning" is the standard's word for an analysis that may lack something, "note" for mere information.</summary>
    private static readonly (string Id, string Level, string Title)[] Notices =
    [
        ("not-compared", "warning", "One side has this and the other cannot tell; the verdict speaks for the rest."),
        ("unused-accepted-change", "note", "A change is accepted that did not happen."),
    ];

    /// <param name="pathOf">The path of a header in the repository that is scanned: relative, with slashes.</param>
    public static string Write(DriftReport report, Func<string, string> pathOf, string version)
    {
        var all = report.Findings.Concat(report.Accepted).ToList();
        var rules = all.Select(finding => finding.Change.Kind).Distinct().OrderBy(kind => kind.Id, StringComparer.Ordinal).ToList();
        return JsonReport.Format(new()
        {
            ["$schema"] = Page,
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = "faultline abi diff",
                        ["semanticVersion"] = version,
                        ["rules"] = new JsonArray([.. rules.Select(Rule)]),
                        ["notifications"] = new JsonArray([.. Notices.Select(notice => new JsonObject { ["id"] = notice.Id, ["shortDescription"] = Text(notice.Title) })]),
                    },
                },
                ["invocations"] = new JsonArray(new JsonObject
                {
                    ["executionSuccessful"] = true,
                    ["toolExecutionNotifications"] = new JsonArray(
                    [
                        .. report.Omitted.Select(omission => Notification(0, $"not compared: {omission}")),
                        .. report.Unused.Select(entry => Notification(1, $"{entry} is accepted and did not happen")),
                    ]),
                }),
                ["results"] = new JsonArray([.. all.Select(finding => Result(finding, pathOf(finding.Header), rules.IndexOf(finding.Change.Kind)))]),
                ["columnKind"] = "utf16CodeUnits",
            }),
        });
    }

    private static JsonObject Rule(ChangeKind kind) => new()
    {
        ["id"] = kind.Id,
        ["name"] = string.Concat(kind.Id.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])),
        ["shortDescription"] = Text(kind.Title),
        ["fullDescription"] = Text($"{kind.Title} Example: {kind.Example}."),
        ["help"] = new JsonObject { ["text"] = kind.Remedy, ["markdown"] = $"**What to do**: {kind.Remedy}\n\nExample: `{kind.Example}`" },
        ["defaultConfiguration"] = new JsonObject { ["level"] = Level(kind.Severity) },
        ["properties"] = new JsonObject
        {
            ["tags"] = new JsonArray("abi", kind.Severity.ToString().ToLowerInvariant()),
            ["problem.severity"] = kind.Severity switch { Severity.Breaking => "error", Severity.Risky => "warning", _ => "recommendation" },
        },
    };

    private static JsonObject Result(Finding finding, string path, int rule)
    {
        var result = new JsonObject
        {
            ["ruleId"] = finding.Change.Kind.Id,
            ["ruleIndex"] = rule,
            ["level"] = Level(finding.Change.Kind.Severity),
            ["message"] = Text($"{finding}. {finding.Change.Kind.Remedy}"),
            ["locations"] = new JsonArray(new JsonObject
            {
                ["physicalLocation"] = new JsonObject
                {
                    ["artifactLocation"] = new JsonObject { ["uri"] = Uri.EscapeDataString(path)
                        .Replace("%2F", "/", StringComparison.Ordinal) },
                    // What is gone has no line any more; a result needs one, so it stands at the top of the header that lost it.
                    ["region"] = new JsonObject { ["startLine"] = finding.Line ?? 1 },
                },
            }),
            ["partialFingerprints"] = new JsonObject { ["primaryLocationLineHash"] = Fingerprint(finding) },
        };
        if (finding.Accepted is { } reason)
            result["suppressions"] = new JsonArray(new JsonObject { ["kind"] = "external", ["status"] = "accepted", ["justification"] = reason });
        return result;
    }

    private static JsonObject Notification(int notice, string text) => new()
    {
        ["descriptor"] = new JsonObject { ["id"] = Notices[notice].Id, ["index"] = notice },
        ["level"] = Notices[notice].Level,
        ["message"] = Text(text),
    };

    /// <summary>A fingerprint of the change without its line, so that a shifted line is not a new result.</summary>
    private static string Fingerprint(Finding finding) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{finding.Header}\0{finding.Change.Kind.Id}\0{finding.Change.Subject}")))[..16] + ":1";

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static string Level(Severity severity) => severity switch { Severity.Breaking => "error", Severity.Risky => "warning", _ => "note" };
}
