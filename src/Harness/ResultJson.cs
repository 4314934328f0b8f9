using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Faultline.Harness;

/// <summary>How every JSON file and answer of harness and command is written: indented, names in camel case; absent means not known.</summary>
internal static class ResultJson
{
    /// <summary>Options of their own for each caller, for a serializer context takes possession of its options.</summary>
    public static JsonSerializerOptions Options(params JsonConverter[] converters)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            WriteIndented = true,
            NewLine = "\n",
            // The file is JSON and nothing embeds it in HTML, so that + and quotes stay readable.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        foreach (var converter in converters)
            options.Converters.Add(converter);
        return options;
    }
}
