using System.Text.Json;
using System.Text.Json.Serialization;

namespace Faultline.Harness.Inputs;

/// <summary>A stamp as an object: each input's name with its value. Which files it was read from is not kept.</summary>
internal sealed class StampConverter : JsonConverter<Stamp>
{
    public override Stamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("a stamp is an object");
        return new Stamp([.. json.RootElement.EnumerateObject().Select(input => Input.Of(input.Name, Text(input.Value)))]);
    }

    public override void Write(Utf8JsonWriter writer, Stamp value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var input in value.Inputs)
            writer.WriteString(input.Name, input.Value);
        writer.WriteEndObject();
    }

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new JsonException("an input's value is a text");
}
