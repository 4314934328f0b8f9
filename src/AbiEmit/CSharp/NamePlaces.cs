using Faultline.AbiModel.Json;

namespace Faultline.AbiEmit.CSharp;

/// <summary>Where in its file a name map says something.</summary>
/// <remarks>
/// Contract: compares by its text, unlike <see cref="NameMap"/> by what the text says. Nothing is parsed before a place is asked for.
/// </remarks>
public sealed class NamePlaces : IEquatable<NamePlaces>
{
    private readonly string _text;

    private readonly Lazy<JsonValue> _root;

    /// <param name="text">A map that <see cref="NameMapFile"/> reads; or empty.</param>
    public NamePlaces(string text) => (_text, _root) = (text, new(() => JsonParser.Parse(text)));

    /// <summary>The places of a map that is not there.</summary>
    public static NamePlaces None { get; } = new("");

    /// <summary>The C# name that the map keeps.</summary>
    /// <param name="scope">As in <see cref="NameClash"/>.</param>
    /// <param name="key">As in <see cref="NameClash.Keeper"/>.</param>
    /// <returns>From 1; 0 and 0 when it keeps none.</returns>
    public (int Line, int Column) Of(string scope, string key) => Place(scope.Length == 0 ? Find("types", key)
        : Find("classes", scope, key) ?? Find("enums", scope, "members", key) ?? Find("records", scope, key));

    /// <summary>The integer that the map has for an enum.</summary>
    /// <returns>From 1; 0 and 0 when it has none.</returns>
    public (int Line, int Column) OfWidth(string name) => Place(Find("enums", name, "as"));

    private static (int Line, int Column) Place(JsonValue? value) => value is null ? (0, 0) : (value.Line, value.Column);

    private JsonValue? Find(params string[] path)
    {
        var value = _text.Length == 0 ? null : _root.Value;
        foreach (var name in path)
            value = value?.Members.FirstOrDefault(member => member.Key == name).Value;
        return value;
    }

    public bool Equals(NamePlaces? other) => other is not null && _text == other._text;

    public override bool Equals(object? obj) => Equals(obj as NamePlaces);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);
}
