using System.Text.Json.Serialization;

namespace Faultline.Harness.Guest;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunState))]
internal sealed partial class RunStateContext : JsonSerializerContext;
