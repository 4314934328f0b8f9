using System.Globalization;
using System.Numerics;

namespace Faultline.AbiModel.Json;

/// <summary>Takes the members of a JSON object one by one; what nobody took is an error, so a misspelt member never passes for an absent one.</summary>
internal sealed class JsonObject
{
    private readonly JsonValue _value;
    private readonly Dictionary<string, JsonValue> _left = new(StringComparer.Ordinal);

    public JsonObject(JsonValue value)
    {
        _value = value.Kind == JsonKind.Object ? value : throw value.Error("expected an object");
        foreach (var member in value.Members)
            _left.Add(member.Key, member.Value);
    }

    public JsonValue? Take(string name)
    {
        if (!_left.TryGetValue(name, out var value))
            return null;
        _left.Remove(name);
        return value;
    }

    public JsonValue Need(string name) => Take(name) ?? throw _value.Error($"member \"{name}\" is missing");

    public string Text(string name) => TextOf(Need(name), name);

    public string Optional(string name) => Take(name) is { } value ? TextOf(value, name) : "";

    public bool Flag(string name) => Take(name) is { } value
        && (value.Kind == JsonKind.Boolean ? value.Text == "true" : throw value.Error($"\"{name}\" must be true or false"));

    public BigInteger Integer(string name) => IntegerOf(Need(name), name);

    /// <summary>An integer from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public long Bounded(string name, long least, long most) => Bounded(Need(name), name, least, most);

    public static long Bounded(JsonValue value, string name, long least, long most)
    {
        var number = IntegerOf(value, name);
        return number >= least && number <= most
            ? (long)number
            : throw value.Error($"\"{name}\" is {number}, outside {least} to {most}");
    }

    public TypeRef Type(string name)
    {
        var value = Need(name);
        return TypeRef.TryParse(TextOf(value, name), out var type)
            ? type
            : throw value.Error($"\"{name}\" holds \"{value.Text}\", which is no type; expected a form such as u64, ptr, struct x or u8[16]");
    }

    public EquatableArray<T> Each<T>(string name, Func<JsonObject, T> read)
        where T : IEquatable<T> => Items(Need(name), name, read);

    /// <summary>The items of a list that may be absent.</summary>
    public EquatableArray<T> MaybeEach<T>(string name, Func<JsonObject, T> read)
        where T : IEquatable<T> => Take(name) is { } value ? Items(value, name, read) : default;

    private static EquatableArray<T> Items<T>(JsonValue value, string name, Func<JsonObject, T> read)
        where T : IEquatable<T>
    {
        return value.Kind == JsonKind.Array
            ? value.Items.Select(item => Whole(item, read)).ToEquatableArray()
            : throw value.Error($"\"{name}\" must be an array");
    }

    public AbiFormatException Error(string problem) => _value.Error(problem);

    /// <summary>Reads an object and demands that every member was taken.</summary>
    public static T Whole<T>(JsonValue value, Func<JsonObject, T> read)
    {
        var members = new JsonObject(value);
        var result = read(members);
        foreach (var stranger in members._left)
            throw stranger.Value.Error($"unknown member \"{stranger.Key}\"");
        return result;
    }

    private static BigInteger IntegerOf(JsonValue value, string name) =>
        value.Kind is JsonKind.Number or JsonKind.Text && value.Text.Length <= 80
        && BigInteger.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw value.Error($"\"{name}\" must be an integer");

    private static string TextOf(JsonValue value, string name) =>
        value.Kind == JsonKind.Text ? value.Text : throw value.Error($"\"{name}\" must be a string");
}
