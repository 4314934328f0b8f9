using System.Text.Json;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Reports;

/// <summary>One accepted change: its kind, its subject exactly as reported, and the reason.</summary>
public sealed record BaselineEntry(string Kind, string Subject, string Reason)
{
    public bool Matches(AbiChange change) => change.Kind.Id == Kind && change.Subject == Subject;
}

/// <summary>The changes that are accepted, from a file with schema <c>faultline-drift-baseline/1</c>.</summary>
/// <remarks><c>{ "schema": "faultline-drift-baseline/1", "accepted": [ { "kind": "flag-bit-reused", "subject": "…", "reason": "…" } ] }</c></remarks>
public sealed record Baseline
{
    public const string SchemaName = "faultline-drift-baseline/1";

    public EquatableArray<BaselineEntry> Entries { get; init; }

    public BaselineEntry? Match(AbiChange change) => Entries.FirstOrDefault(entry => entry.Matches(change));

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
        var entry = new BaselineEntry(Text("kind"), Text("subject"), Text("reason"));
        if (ChangeKinds.Find(entry.Kind) is null)
            throw new FormatException($"the baseline accepts kind \"{entry.Kind}\", which does not exist; docs/abi-drift.md lists the kinds");
        return entry.Reason.Length > 0 ? entry : throw new FormatException($"the baseline accepts {entry.Kind} of {entry.Subject} without a reason");
    }
}
