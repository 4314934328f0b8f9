using System.Text.Json.Serialization;

namespace Faultline.Harness.Report;

[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(KernelReport))]
[JsonSerializable(typeof(ControlReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
