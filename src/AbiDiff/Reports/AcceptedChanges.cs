using System.Text.Json;
using System.Text.Json.Nodes;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Reports;

/// <summary>The changes that are accepted, from a file with schema <c>faultline-accepted-changes/1</c> (docs/abi-drift.md).</summary>
public sealed record AcceptedChanges
{
    public const string SchemaName = "faultline-accepted-changes/1";

    /// <summary>The schema's name in files of before, which are still read.</summary>
    private const string OldSchemaName = "faultline-drift-baseline/1";

    public EquatableArray<AcceptedChange> Entries { get; init; }

    /// <summary>
    /// The entry that accepts a change; null when none does. The parameters are those of <see cref="AcceptedChange.Matches"/>.
    /// </summary>
    public AcceptedChange? Match(Finding finding, string? only = null) => Entries.FirstOrDefault(entry => entry.Matches(finding, only));

    /// <summary>Accepts every change of a report: what was accepted keeps its reason, the rest gets <paramref name="reason"/>.</summary>
    public static AcceptedChanges Accepting(DriftReport report, string reason) => new()
    {
        Entries = report.Findings.Concat(report.Accepted)
            .Select(finding => Entry(finding, reason))
            .OrderBy(entry => entry.Header, StringComparer.Ordinal)
            .ThenBy(entry => entry.Kind, StringComparer.Ordinal)
            .ThenBy(entry => entry.Subject, StringComparer.Ordinal)
            .ToEquatableArray(),
    };

    private static AcceptedChange Entry(Finding finding, string reason) =>
        new(finding.Change.Kind.Id, finding.Change.Subject, finding.Accepted ?? reason, finding.Header)
        {
            Old = finding.Change.Old,
            New = finding.Change.New,
            Target = finding.Targets.Count == 1 ? finding.Targets[0] : null,
        };

    public string Format() => JsonReport.Format(new()
    {
        ["schema"] = SchemaName,
        ["accepted"] = new JsonArray([.. Entries.Select(Node)]),
    });

    private static JsonObject Node(AcceptedChange entry)
    {
        var node = new JsonObject { ["header"] = entry.Header, ["kind"] = entry.Kind, ["subject"] = entry.Subject };
        if (entry.Old is { } old)
            node["old"] = old;
        if (entry.New is { } current)
            node["new"] = current;
        if (entry.Target is { } target)
            node["target"] = target;
        node["reason"] = entry.Reason;
        return node;
    }

    /// <summary>Reads a file of accepted changes.</summary>
    /// <exception cref="FormatException">
    /// The text is not such a file, names a kind that does not exist, or accepts something without a reason.
    /// </exception>
    public static AcceptedChanges Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            DemandKnown(root, "the file", ["schema", "accepted"]);
            if (root.GetProperty("schema").GetString() is var schema && schema is not (SchemaName or OldSchemaName))
                throw new FormatException($"its schema is \"{schema}\", not \"{SchemaName}\"");
            var entries = root.GetProperty("accepted").EnumerateArray().Select((element, index) => Entry(element, index + 1));
            return new() { Entries = entries.ToEquatableArray() };
        }
        catch (JsonException exception)
        {
            throw new FormatException($"it is not JSON: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException(
                "it must be an object with \"schema\" and \"accepted\", each accepted change with \"kind\", \"subject\" and \"reason\"",
                exception);
        }
    }

    /// <summary>A misspelt member must not pass for an absent one: the entry would hold for more than is meant.</summary>
    private static void DemandKnown(JsonElement element, string place, IReadOnlyCollection<string> members)
    {
        if (element.EnumerateObject().FirstOrDefault(member => !members.Contains(member.Name))
            is { Value.ValueKind: not JsonValueKind.Undefined } stranger)
            throw new FormatException($"{place} has the member \"{stranger.Name}\", which is not known: {string.Join(", ", members)}");
    }

    private static AcceptedChange Entry(JsonElement element, int number)
    {
        DemandKnown(element, $"accepted change {number}", ["header", "kind", "subject", "old", "new", "target", "reason"]);
        string Text(string name) => element.GetProperty(name).GetString() ?? "";
        string? Maybe(string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
        var entry = new AcceptedChange(Text("kind"), Text("subject"), Text("reason"), Maybe("header") ?? "")
        {
            Old = Maybe("old"),
            New = Maybe("new"),
            Target = Maybe("target"),
        };
        if (ChangeKinds.Find(entry.Kind) is null)
            throw new FormatException($"it accepts kind \"{entry.Kind}\", which does not exist; docs/abi-drift-kinds.md lists the kinds");
        return entry.Reason.Trim().Length > 0
            ? entry
            : throw new FormatException($"it accepts {entry.Kind} of {entry.Subject} without a reason");
    }
}
