using System.Text.Json.Serialization;

namespace Faultline.Harness.Inputs;

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(Stamp))]
internal sealed partial class StampContext : JsonSerializerContext;
