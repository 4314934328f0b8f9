namespace Faultline.AbiModel.Json;

internal enum JsonKind
{
    Null,
    Boolean,
    Number,
    Text,
    Array,
    Object,
}

/// <summary>One parsed JSON value with the place it came from. Numbers keep their digits: nothing passes through a double.</summary>
internal sealed class JsonValue(JsonKind kind, int line, int column)
{
    public JsonKind Kind { get; } = kind;

    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>The text of a string, the digits of a number, or <c>true</c>/<c>false</c>.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<JsonValue> Items { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, JsonValue>> Members { get; init; } = [];

    public AbiFormatException Error(string problem) => new(problem, Line, Column);
}
