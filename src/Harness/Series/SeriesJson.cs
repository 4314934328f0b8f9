using System.Text.Json;
using System.Text.Json.Serialization;

namespace Faultline.Harness.Series;

/// <summary>The reports as <c>faultline-check/1</c>, the output of <c>faultline kernel check --json</c> (docs/json.md).</summary>
internal static class SeriesJson
{
    public const string Schema = "faultline-check/1";

    private static readonly SeriesJsonContext Context = new(ResultJson.Options(
        new JsonStringEnumConverter<CheckKind>(JsonNamingPolicy.CamelCase), new JsonStringEnumConverter<CheckOutcome>(JsonNamingPolicy.CamelCase)));

    public static string Write(IReadOnlyList<SeriesReport> reports) =>
        JsonSerializer.Serialize(new CheckFile(Schema, SeriesReport.ExitCodeOf(reports), reports), Context.CheckFile) + "\n";
}

internal sealed record CheckFile(string Schema, int ExitCode, IReadOnlyList<SeriesReport> Series);

[JsonSerializable(typeof(CheckFile))]
internal sealed partial class SeriesJsonContext : JsonSerializerContext;
