using System.Text;
using System.Text.Json;

namespace Faultline.Harness.Sources;

/// <summary>Writes the <c>profile.json</c> (schema <c>faultline-profile/1</c>) that tells the payload what its kernel promises.</summary>
internal static class VariantProfile
{
    public const string Schema = "faultline-profile/1";

    /// <param name="variant">The kernel.</param>
    /// <param name="tag">Another tag than the variant's; empty: identity is not asserted (the machine's own kernel).</param>
    public static string ToJson(Variant variant, string? tag = null)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("name", variant.Name);
            json.WriteString("role", variant.Role.ToString().ToLowerInvariant());
            json.WriteString("tag", tag ?? variant.Tag);
            if (variant.Feature is not null)
                json.WriteString("feature", variant.Feature);
            if (variant.FeatureBit is { } bit)
                json.WriteNumber("featureBit", bit);
            if (variant.IsObserved)
                json.WriteBoolean("observe", true);
            if (variant.Control is not null)
                json.WriteString("control", variant.Control);
            WriteExpectations(json, "expect", variant.Expect);
            if (variant.ControlExpect is not null)
                WriteExpectations(json, "controlExpect", variant.ControlExpect);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void WriteExpectations(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, Expectation> expectations)
    {
        json.WriteStartObject(name);
        foreach (var (scenario, expectation) in expectations)
        {
            json.WriteStartObject(scenario);
            foreach (var (observable, value) in expectation.Observables)
                json.WriteString(observable, value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
