using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Faultline.Harness.Report;

/// <summary>
/// Values that have a word for files. A word that nobody gave is an error of the file, never some other
/// value.
/// </summary>
/// <param name="what">What the words name, for the error.</param>
/// <param name="word">The word for a value.</param>
internal sealed class WordConverter<T>(string what, Func<T, string> word) : JsonConverter<T>
    where T : struct, Enum
{
    private readonly FrozenDictionary<string, T> _values = Enum.GetValues<T>().ToFrozenDictionary(word, StringComparer.Ordinal);

    /// <exception cref="JsonException">Not one of the words.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException($"Not a word but {reader.TokenType}, where the name of {what} belongs.");
        var text = reader.GetString()!;
        return _values.TryGetValue(text, out var value)
            ? value
            : throw new JsonException($"'{text}' is not {what}; there are {string.Join(", ", Enum.GetValues<T>().Select(word))}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(word(value));
}
