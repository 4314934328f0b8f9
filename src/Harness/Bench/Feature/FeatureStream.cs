using System.Collections.Immutable;
using System.Text.Json;

namespace Faultline.Harness.Bench.Feature;

/// <summary>Reads the suite's <c>measure</c> events (docs/guest-contract.md) of a whole stream.</summary>
internal static class FeatureStream
{
    /// <param name="where">The kernel's name.</param>
    /// <param name="stream">The event stream.</param>
    public static FeatureKernel Read(string where, string stream)
    {
        var events = stream.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToList();
        return new FeatureKernel(where, [.. Costs(Of(events, "feature"))], [.. Snapshots(Of(events, "snapshot"))])
        {
            Release = events.Where(e => Name(e) == "boot").Select(e => e.GetProperty("release").GetString()).FirstOrDefault(),
        };
    }

    private static IEnumerable<CostCell> Costs(IEnumerable<JsonElement> rounds) => rounds
        .GroupBy(e => (Way: Text(e, "way"), Bytes: Bytes(e), Huge: e.GetProperty("huge").GetBoolean()))
        .Select(cell => new CostCell(
            cell.Key.Way, cell.Key.Bytes, cell.Key.Huge, Text(cell.First(), "state"), Samples(cell, "seconds"), Samples(cell, "counts")));

    private static IEnumerable<SnapshotCell> Snapshots(IEnumerable<JsonElement> rounds) => rounds
        .GroupBy(e => (
            Way: Text(e, "way"), Bytes: Bytes(e), Share: e.GetProperty("share").GetInt32(), Asks: e.GetProperty("asks").GetBoolean()))
        .Select(cell => new SnapshotCell(
            cell.Key.Way, cell.Key.Bytes, cell.Key.Share, cell.Key.Asks, Samples(cell, "seconds"), Samples(cell, "counts")));

    /// <summary>The figures of all rounds, by name, in the order of the rounds.</summary>
    private static ImmutableSortedDictionary<string, Sample> Samples(IEnumerable<JsonElement> rounds, string field) => rounds
        .SelectMany(e => e.GetProperty(field).EnumerateObject())
        .GroupBy(figure => figure.Name, figure => figure.Value.GetDouble(), StringComparer.Ordinal)
        .ToImmutableSortedDictionary(figure => figure.Key, Sample.Of, StringComparer.Ordinal);

    private static IEnumerable<JsonElement> Of(IEnumerable<JsonElement> events, string what) =>
        events.Where(e => Name(e) == "measure" && Text(e, "what") == what);

    private static string? Name(JsonElement e) => e.GetProperty("event").GetString();

    private static string Text(JsonElement e, string field) => e.GetProperty(field).GetString()!;

    private static long Bytes(JsonElement e) => e.GetProperty("bytes").GetInt64();

    private static JsonElement Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
