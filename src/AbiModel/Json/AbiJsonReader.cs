using System.Globalization;

namespace Faultline.AbiModel.Json;

/// <summary>Reads a model file, refusing whatever the writer would not have written.</summary>
internal static class AbiJsonReader
{
    private const long LargestSize = 1L << 40;

    public static AbiSpec Read(string text)
    {
        var root = JsonParser.Parse(text);
        if (root.Kind != JsonKind.Object)
            throw root.Error("expected an object with \"schema\", \"header\" and the lists of the model");
        CheckSchema(root);
        return JsonObject.Whole(root, Spec);
    }

    private static void CheckSchema(JsonValue root)
    {
        var schema = root.Members.FirstOrDefault(member => member.Key == "schema").Value
            ?? throw root.Error($"member \"schema\" is missing; expected \"{AbiSpec.SchemaName}\"");
        if (schema.Text == AbiSpec.SchemaName)
            return;
        throw new AbiFormatException($"schema \"{schema.Text}\" is not \"{AbiSpec.SchemaName}\"; extract the header again", schema.Line, schema.Column)
        {
            WrongSchema = true,
        };
    }

    private static AbiSpec Spec(JsonObject json)
    {
        json.Text("schema");
        var spec = new AbiSpec
        {
            Header = json.Text("header"),
            Target = json.Text("target"),
            PointerSize = (int)json.Bounded("pointerSize", 1, 16),
            Structs = json.Each("structs", members => Struct(members, named: true)),
            Enums = json.Each("enums", Enum),
            Typedefs = json.Each("typedefs", Typedef),
            Constants = json.Each("constants", Constant),
            Flags = json.Each("flags", Group),
            Events = json.Each("events", Group),
            Ioctls = json.Each("ioctls", Ioctl),
            Unresolved = json.Each("unresolved", Unresolved),
            Locations = json.Each("locations", Location),
        };
        CheckUnique(json, "structs", spec.Structs.Select(s => s.Id));
        CheckUnique(json, "enums", spec.Enums.Select(e => e.Id));
        CheckUnique(json, "typedefs", spec.Typedefs.Select(t => t.Name));
        CheckUnique(json, "constants, flags, events and ioctls", Macros(spec));
        return AbiOrder.Sorted(spec);
    }

    private static IEnumerable<string> Macros(AbiSpec spec) =>
        spec.Constants.Concat(spec.Flags.Concat(spec.Events).SelectMany(group => group.Members)).Select(constant => constant.Name)
            .Concat(spec.Ioctls.Select(ioctl => ioctl.Name));

    private static void CheckUnique(JsonObject json, string list, IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.Add(name))
                throw json.Error($"\"{name}\" stands twice in {list}");
        }
    }

    private static string Identifier(JsonObject json, bool optional = false)
    {
        var name = optional ? json.Optional("name") : json.Text("name");
        return CIdentifier.IsValid(name) || (optional && name.Length == 0) ? name : throw json.Error($"\"{name}\" is no C identifier");
    }

    private static StructSpec Struct(JsonObject json, bool named) => new()
    {
        Name = Identifier(json, optional: !named),
        Kind = json.Text("kind") switch
        {
            "struct" => RecordKind.Struct,
            "union" => RecordKind.Union,
            var other => throw json.Error($"\"kind\" is \"{other}\"; expected struct or union"),
        },
        Tagged = !json.Flag("typedef"),
        Size = json.Bounded("size", 0, LargestSize),
        Align = (int)json.Bounded("align", 1, 1 << 30),
        Packed = json.Flag("packed"),
        Origin = json.Optional("origin"),
        Doc = json.Optional("doc"),
        Fields = json.Each("fields", Field),
    };

    private static FieldSpec Field(JsonObject json)
    {
        var field = new FieldSpec
        {
            Name = Identifier(json, optional: true),
            Offset = json.Bounded("offset", 0, LargestSize),
            Size = json.Bounded("size", 0, LargestSize),
            CType = json.Text("type"),
            Type = json.Type("as"),
            Doc = json.Optional("doc"),
        };
        if (json.Take("bits") is { } bits)
            field = field with { BitOffset = JsonObject.Bounded(bits, "bits", 0, LargestSize * 8), BitWidth = (int)json.Bounded("width", 0, 128) };
        if (json.Take("record") is { } inline)
            field = field with { Inline = JsonObject.Whole(inline, members => Struct(members, named: false)) };
        if (field.Type.Kind == TypeKind.Inline != field.Inline is not null)
            throw json.Error("\"record\" stands beside \"as\": \"inline\", and only there");
        return field;
    }

    private static EnumSpec Enum(JsonObject json) => new()
    {
        Name = Identifier(json, optional: true),
        Tagged = !json.Flag("typedef"),
        Type = IntegerType(json),
        Origin = json.Optional("origin"),
        Doc = json.Optional("doc"),
        Members = json.Each("members", member => new EnumMemberSpec
        {
            Name = Identifier(member),
            Value = member.Integer("value"),
            Doc = member.Optional("doc"),
        }),
    };

    private static TypeRef IntegerType(JsonObject json)
    {
        var type = json.Type("as");
        return type is { Kind: TypeKind.Integer or TypeKind.Boolean, IsArray: false } ? type : throw json.Error($"\"as\" is {type}; expected an integer such as u64");
    }

    private static TypedefSpec Typedef(JsonObject json) => new()
    {
        Name = Identifier(json),
        CType = json.Text("type"),
        Type = json.Type("as"),
        Size = json.Bounded("size", 0, LargestSize),
        Doc = json.Optional("doc"),
    };

    private static ConstantSpec Constant(JsonObject json)
    {
        var constant = new ConstantSpec
        {
            Name = Identifier(json),
            CType = json.Text("type"),
            Type = json.Type("as"),
            Expression = json.Optional("expression"),
            Doc = json.Optional("doc"),
        };
        if (json.Take("string") is { Kind: JsonKind.Text } text)
            return constant with { Kind = ValueKind.String, Value = text.Text };
        if (json.Take("float") is { Kind: JsonKind.Text } number)
            return constant with { Kind = ValueKind.Float, Value = number.Text };
        return constant with { Kind = ValueKind.Integer, Value = json.Integer("value").ToString(CultureInfo.InvariantCulture) };
    }

    private static GroupSpec Group(JsonObject json) => new()
    {
        Name = Identifier(json),
        Type = IntegerType(json),
        Field = json.Optional("field"),
        Members = json.Each("members", member => Constant(member) is { Kind: ValueKind.Integer } constant
            ? constant
            : throw member.Error("a member of a group must be an integer")),
    };

    private static IoctlSpec Ioctl(JsonObject json)
    {
        var ioctl = new IoctlSpec
        {
            Name = Identifier(json),
            Direction = AbiJsonNames.Direction(json.Text("direction")) ?? throw json.Error("\"direction\" must be none, read, write or readwrite"),
            Type = (int)json.Bounded("type", 0, 255),
            Number = (int)json.Bounded("nr", 0, 255),
            Size = (int)json.Bounded("size", 0, 1 << 14),
            Code = (uint)json.Bounded("code", 0, uint.MaxValue),
            Argument = json.Optional("argument"),
            Doc = json.Optional("doc"),
        };
        return ioctl.Argument.Length == 0 ? ioctl : ioctl with { ArgumentType = json.Type("as") };
    }

    private static UnresolvedSpec Unresolved(JsonObject json) => new()
    {
        Name = json.Text("name"),
        Kind = json.Text("kind"),
        Reason = json.Text("reason"),
        At = json.Text("at"),
    };

    private static LocationSpec Location(JsonObject json) => new() { Name = json.Text("name"), At = json.Text("at") };
}
