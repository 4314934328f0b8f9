using System.IO.Enumeration;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Reports;

/// <summary>
/// One accepted change: its kind, its subject as reported, the reason, and the header when it is to hold in that one
/// only. In subject and header a <c>*</c> stands for any characters: it accepts all changes of the kind that it fits.
/// </summary>
public sealed record BaselineEntry(string Kind, string Subject, string Reason, string Header = "")
{
    /// <summary>The old value that is accepted, as reported; null for any.</summary>
    public string? Old { get; init; }

    /// <summary>The new one: who accepted 2 for 1 has not accepted 3. Null for any.</summary>
    public string? New { get; init; }

    public bool Matches(Finding finding) =>
        finding.Change.Kind.Id == Kind && Fits(Subject, finding.Change.Subject) && (Header.Length == 0 || Fits(Header, finding.Header))
        && (Old is null || Old == finding.Change.Old) && (New is null || New == finding.Change.New);

    private static bool Fits(string pattern, string text) =>
        pattern == text || (pattern.Contains('*', StringComparison.Ordinal)
            && FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false));

    /// <summary>What it accepts, without the reason.</summary>
    public override string ToString() => $"{Kind} of {Subject}{(Header.Length == 0 ? "" : $" in {Header}")}";
}

/// <summary>The changes that are accepted, from a file with schema <c>faultline-drift-baseline/1</c>.</summary>
/// <remarks><c>{ "schema": "faultline-drift-baseline/1", "accepted": [ { "kind": "flag-bit-reused", "subject": "…", "reason": "…" } ] }</c></remarks>
public sealed record Baseline
{
    public const string SchemaName = "faultline-drift-baseline/1";

    public EquatableArray<BaselineEntry> Entries { get; init; }

    public BaselineEntry? Match(Finding finding) => Entries.FirstOrDefault(entry => entry.Matches(finding));

    /// <summary>The baseline that accepts everything of a report: what was accepted keeps its reason, the rest gets <paramref name="reason"/>, entries without use are left out.</summary>
    public static Baseline Accepting(DriftReport report, string reason) => new()
    {
        Entries = report.Findings.Concat(report.Accepted)
            .Select(finding => new BaselineEntry(finding.Change.Kind.Id, finding.Change.Subject, finding.Accepted ?? reason, finding.Header)
            {
                Old = finding.Change.Old,
                New = finding.Change.New,
            })
            .OrderBy(entry => entry.Header, StringComparer.Ordinal).ThenBy(entry => entry.Kind, StringComparer.Ordinal).ThenBy(entry => entry.Subject, StringComparer.Ordinal)
            .ToEquatableArray(),
    };

    public string Format() => JsonReport.Format(new()
    {
        ["schema"] = SchemaName,
        ["accepted"] = new JsonArray([.. Entries.Select(Node)]),
    });

    private static JsonObject Node(BaselineEntry entry)
    {
        var node = new JsonObject { ["header"] = entry.Header, ["kind"] = entry.Kind, ["subject"] = entry.Subject };
        if (entry.Old is { } old)
            node["old"] = old;
        if (entry.New is { } current)
            node["new"] = current;
        node["reason"] = entry.Reason;
        return node;
    }

    /// <summary>Reads a baseline.</summary>
    /// <exception cref="FormatException">The text is no baseline, names a kind that does not exist, or accepts something without a reason.</exception>
    public static Baseline Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.GetProperty("schema").GetString() != SchemaName)
                throw new FormatException($"the baseline's schema is \"{root.GetProperty("schema").GetString()}\", not \"{SchemaName}\"");
            return new() { Entries = root.GetProperty("accepted").EnumerateArray().Select(Entry).ToEquatableArray() };
        }
        catch (JsonException exception)
        {
            throw new FormatException($"the baseline is no JSON: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("the baseline must be an object with \"schema\" and \"accepted\", each accepted change with \"kind\", \"subject\" and \"reason\"", exception);
        }
    }

    private static BaselineEntry Entry(JsonElement element)
    {
        string Text(string name) => element.GetProperty(name).GetString() ?? "";
        string? Maybe(string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
        var entry = new BaselineEntry(Text("kind"), Text("subject"), Text("reason"), Maybe("header") ?? "")
        {
            Old = Maybe("old"),
            New = Maybe("new"),
        };
        if (ChangeKinds.Find(entry.Kind) is null)
            throw new FormatException($"the baseline accepts kind \"{entry.Kind}\", which does not exist; docs/abi-drift.md lists the kinds");
        return entry.Reason.Trim().Length > 0 ? entry : throw new FormatException($"the baseline accepts {entry.Kind} of {entry.Subject} without a reason");
    }
}
