using System.Text;
using Faultline.AbiModel;
using Faultline.AbiModel.Json;

namespace Faultline.AbiEmit.CSharp;

/// <summary>Reads and writes <c>Faultline.names.json</c>: one name on each line, sorted, so that a review shows each new one.</summary>
public static class NameMapFile
{
    /// <summary>The format's name and version.</summary>
    public const string SchemaName = "faultline-names/1";

    /// <summary>Reads a map.</summary>
    /// <exception cref="AbiFormatException">The text is not a name map; the exception says where and why.</exception>
    public static NameMap Parse(string text)
    {
        var root = JsonParser.Parse(text);
        return JsonObject.Whole(root, Map);
    }

    private static NameMap Map(JsonObject json)
    {
        var schema = json.Need("schema");
        if (schema.Text != SchemaName)
            throw schema.Error($"schema \"{schema.Text}\" is not \"{SchemaName}\"");
        return new()
        {
            HeaderClasses = Names(json.Need("headers")),
            Types = Names(json.Need("types")),
            Enums = Object(json.Need("enums"))
                .ToDictionary(item => CSharp(item.Key, item.Value), item => JsonObject.Whole(item.Value, Enum), StringComparer.Ordinal),
            Classes = Scopes(json.Need("classes"), name => [name]),
            // Maps written before records were in them have none.
            Records = json.Take("records") is { } records ? Scopes(records, name => name.Split('.')) : NameMap.Empty.Records,
        };
    }

    /// <param name="parts">The C# names that a scope's name is made of.</param>
    private static Dictionary<string, IReadOnlyDictionary<string, string>> Scopes(JsonValue value, Func<string, string[]> parts) =>
        Object(value).ToDictionary(
            item => Array.TrueForAll(parts(item.Key), part => IsCSharp(part)) ? item.Key : throw NoName(item.Key, item.Value),
            item => (IReadOnlyDictionary<string, string>)Names(item.Value), StringComparer.Ordinal);

    private static KeptEnum Enum(JsonObject json)
    {
        var type = json.Type("as");
        return type is { Kind: TypeKind.Integer or TypeKind.Boolean, IsArray: false }
            ? new(type, json.Flag("flags"), Names(json.Need("members")))
            : throw json.Error($"\"as\" is {type}; expected an integer such as u32");
    }

    private static IReadOnlyList<KeyValuePair<string, JsonValue>> Object(JsonValue value) =>
        value.Kind == JsonKind.Object ? value.Members : throw value.Error("expected an object");

    private static Dictionary<string, string> Names(JsonValue value)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in Object(value))
        {
            if (member.Value.Kind != JsonKind.Text)
                throw member.Value.Error("expected a C# name in quotes");
            names.Add(member.Key, CSharp(member.Value.Text, member.Value));
            if (!taken.Add(member.Value.Text))
                throw member.Value.Error($"\"{member.Value.Text}\" is the name of two things");
        }
        return names;
    }

    /// <summary>What becomes an identifier of generated code, and nothing else.</summary>
    private static string CSharp(string name, JsonValue place) => IsCSharp(name) ? name : throw NoName(name, place);

    private static bool IsCSharp(string name) =>
        CIdentifier.IsValid(name.TrimStart('@')) && name.LastIndexOf('@') <= 0
            && (name[0] == '@' ? CSharpName.Clean(name.TrimStart('@')) == name.TrimStart('@') : CSharpName.Verbatim(name) == name);

    private static AbiFormatException NoName(string name, JsonValue place) => place.Error($"\"{name}\" is not a C# name");

    /// <summary>The map as text.</summary>
    public static string Format(NameMap map)
    {
        var text = new StringBuilder();
        text.Append("{\n  \"schema\": ").Append(JsonLine.Quote(SchemaName)).Append(",\n");
        Write(text, 1, "headers", map.HeaderClasses, ",");
        Write(text, 1, "types", map.Types, ",");
        Each(text, "enums", map.Enums, (item, tail) => Write(
            text, 2, item.Key, item.Value.Members, "}" + tail,
            $"{{\"as\": {JsonLine.Quote(item.Value.Type.ToString())}{(item.Value.Flags ? ", \"flags\": true" : "")}, \"members\": "), ",");
        Each(text, "classes", map.Classes, (item, tail) => Write(text, 2, item.Key, item.Value, tail), ",");
        Each(text, "records", map.Records, (item, tail) => Write(text, 2, item.Key, item.Value, tail), "");
        return text.Append("}\n").ToString();
    }

    private static void Each<T>(StringBuilder text, string name, IReadOnlyDictionary<string, T> items,
        Action<KeyValuePair<string, T>, string> write, string tail)
    {
        var sorted = items.OrderBy(item => item.Key, StringComparer.Ordinal).ToList();
        text.Append("  ").Append(JsonLine.Quote(name)).Append(sorted.Count == 0 ? ": {" : ": {\n");
        for (var i = 0; i < sorted.Count; i++)
            write(sorted[i], i + 1 < sorted.Count ? "," : "");
        text.Append(sorted.Count == 0 ? "}" : "  }").Append(tail).Append('\n');
    }

    private static void Write(StringBuilder text, int level, string name, IReadOnlyDictionary<string, string> names, string tail,
        string start = "")
    {
        var sorted = names.OrderBy(item => item.Key, StringComparer.Ordinal).ToList();
        text.Append(' ', level * 2).Append(JsonLine.Quote(name)).Append(": ").Append(start).Append('{');
        for (var i = 0; i < sorted.Count; i++)
        {
            text.Append('\n').Append(' ', (level * 2) + 2).Append(JsonLine.Quote(sorted[i].Key)).Append(": ")
                .Append(JsonLine.Quote(sorted[i].Value))
                .Append(i + 1 < sorted.Count ? "," : "");
        }
        if (sorted.Count > 0)
            text.Append('\n').Append(' ', level * 2);
        text.Append('}').Append(tail).Append('\n');
    }
}
