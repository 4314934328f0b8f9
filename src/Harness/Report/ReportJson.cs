using System.Text.Json;
using Faultline.Harness.Argument;
using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Report;

/// <summary><c>results.json</c>. Names are camel case; absent means not known.</summary>
internal static class ReportJson
{
    private static readonly ReportJsonContext Context = new(ResultJson.Options(
        new WordConverter<VerdictKind>("a verdict", VerdictKinds.Name),
        new WordConverter<Standing>("how a statement stands", Standings.Word),
        new WordConverter<Severity>("a severity", Severities.Word),
        new WordConverter<TestOutcome>("an outcome of a test", TestOutcomes.Name),
        new WordConverter<GuestStart>("how a guest began", GuestStarts.Name),
        new WordConverter<VariantRole>("a role", role => role.ToString().ToLowerInvariant()),
        new WordConverter<AcceleratorChoice>("a request for an accelerator", Accelerators.Name),
        new WordConverter<AcceleratorKind>("an accelerator", Accelerators.Name)));

    public static string Write(RunReport report) => JsonSerializer.Serialize(report, Context.RunReport) + "\n";

    public static string Write(KernelReport report) => JsonSerializer.Serialize(report, Context.KernelReport) + "\n";

    public static string Write(ControlReport report) => JsonSerializer.Serialize(report, Context.ControlReport) + "\n";

    /// <exception cref="JsonException">Not a report, or one with a verdict or another word that this version does not know.</exception>
    public static RunReport ReadRun(string json) => JsonSerializer.Deserialize(json, Context.RunReport) ?? throw new JsonException("null");

    /// <inheritdoc cref="ReadRun"/>
    public static KernelReport ReadKernel(string json) => JsonSerializer.Deserialize(json, Context.KernelReport) ?? throw new JsonException("null");
}
