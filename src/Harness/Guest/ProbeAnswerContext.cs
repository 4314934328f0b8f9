using System.Text.Json.Serialization;

namespace Faultline.Harness.Guest;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProbeAnswer))]
internal sealed partial class ProbeAnswerContext : JsonSerializerContext;
