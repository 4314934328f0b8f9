using System.Text.Json;
using System.Text.Json.Serialization;

namespace Faultline.Harness.Report;

/// <summary><c>results.json</c>. Names are camel case; absent means not known.</summary>
public static class ReportJson
{
    private static readonly ReportJsonContext Context = new(ResultJson.Options());

    public static string Write(RunReport report) => JsonSerializer.Serialize(report, Context.RunReport) + "\n";

    public static string Write(KernelReport report) => JsonSerializer.Serialize(report, Context.KernelReport) + "\n";

    public static string Write(ControlReport report) => JsonSerializer.Serialize(report, Context.ControlReport) + "\n";

    /// <exception cref="JsonException">Not a report.</exception>
    public static RunReport ReadRun(string json) => JsonSerializer.Deserialize(json, Context.RunReport) ?? throw new JsonException("null");

    /// <inheritdoc cref="ReadRun"/>
    public static KernelReport ReadKernel(string json) => JsonSerializer.Deserialize(json, Context.KernelReport) ?? throw new JsonException("null");

    /// <inheritdoc cref="ReadRun"/>
    public static ControlReport ReadControl(string json) => JsonSerializer.Deserialize(json, Context.ControlReport) ?? throw new JsonException("null");
}

[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(KernelReport))]
[JsonSerializable(typeof(ControlReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
