using System.Globalization;
using System.Numerics;

namespace Faultline.AbiModel.Json;

/// <summary>Reads a model file, refusing whatever the writer would not have written.</summary>
internal static class AbiJsonReader
{
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
            Header = Name(json, "header"),
            Target = Name(json, "target"),
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
        if (Consistency.Problem(spec) is { } problem)
            throw json.Error(problem);
        return AbiOrder.Sorted(spec);
    }

    /// <summary>A text that reaches comments of generated code: it must not end the line it stands on.</summary>
    private static string Name(JsonObject json, string member, bool optional = false)
    {
        var name = optional ? json.Optional(member) : json.Text(member);
        return name.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029')
            ? throw json.Error($"\"{member}\" holds a control character or a line separator")
            : name;
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
        Size = json.Bounded("size", 0, AbiLimits.LargestSize),
        Align = (int)json.Bounded("align", 1, AbiLimits.LargestAlign),
        Packed = json.Flag("packed"),
        Qualifiers = Qualifiers(json),
        Origin = json.Optional("origin"),
        Doc = json.Optional("doc"),
        Fields = json.Each("fields", Field),
    };

    private static FieldSpec Field(JsonObject json)
    {
        var field = new FieldSpec
        {
            Name = Identifier(json, optional: true),
            Offset = json.Bounded("offset", 0, AbiLimits.LargestSize),
            Size = json.Bounded("size", 0, AbiLimits.LargestSize),
            CType = json.Text("type"),
            Type = json.Type("as"),
            Full = Name(json, "full", optional: true),
            Unnamed = Unnamed(json),
            Doc = json.Optional("doc"),
        };
        if (json.Optional("to") is { Length: > 0 } to)
        {
            field = field with
            {
                Pointee = field.Type.Kind == TypeKind.Pointer && TypeRef.TryParse(to, out var pointee) && pointee.Kind != TypeKind.Inline
                    ? pointee
                    : throw json.Error("\"to\" is the type that a pointer points to, and stands with \"as\": \"ptr\" only"),
            };
        }
        if (json.Take("bits") is { } bits)
            field = field with { BitOffset = JsonObject.Bounded(bits, "bits", 0, AbiLimits.LargestSize * 8), BitWidth = (int)json.Bounded("width", 0, AbiLimits.WidestBits) };
        if (json.Take("record") is { } inline)
            field = field with { Inline = JsonObject.Whole(inline, members => Struct(members, named: false)) };
        if (field.Type.Kind == TypeKind.Inline != field.Inline is not null)
            throw json.Error("\"record\" stands beside \"as\": \"inline\", and only there");
        return field;
    }

    private static EquatableArray<StructSpec> Unnamed(JsonObject json) =>
        json.MaybeEach("unnamed", members => Struct(members, named: false));

    private static string Qualifiers(JsonObject json) => json.Optional("qualifiers") is var text
        && text is "" or "const" or "volatile" or "const volatile" ? text
        : throw json.Error("\"qualifiers\" must be const, volatile or const volatile");

    private static EnumSpec Enum(JsonObject json) => new()
    {
        Name = Identifier(json, optional: true),
        Tagged = !json.Flag("typedef"),
        Type = IntegerType(json),
        Qualifiers = Qualifiers(json),
        Origin = json.Optional("origin"),
        Doc = json.Optional("doc"),
        Members = json.Each("members", member => new EnumMemberSpec
        {
            Name = Identifier(member),
            Value = member.Integer("value"),
            Defined = member.Flag("defined"),
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
        Full = Name(json, "full", optional: true),
        Unnamed = Unnamed(json),
        Size = json.Bounded("size", 0, AbiLimits.LargestSize),
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
        if (json.Take("string") is { } text)
            return constant with { Kind = ValueKind.String, Value = Bytes(text) };
        if (json.Take("float") is { } number)
            return constant with { Kind = ValueKind.Float, Value = Float(number) };
        var value = json.Integer("value");
        return Holds(constant.Type, value)
            ? constant with { Kind = ValueKind.Integer, Value = value.ToString(CultureInfo.InvariantCulture) }
            : throw json.Error($"\"value\" is {value}, which {constant.Type} does not hold");
    }

    private static string Bytes(JsonValue value) => value.Kind == JsonKind.Text && value.Text.All(c => c <= '\u00ff')
        ? value.Text
        : throw value.Error("\"string\" must be a string of bytes, each a character up to U+00FF");

    private static string Float(JsonValue value) =>
        value.Kind == JsonKind.Text && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? value.Text
            : throw value.Error("\"float\" must be a string with a number");

    private static bool Holds(TypeRef type, BigInteger value)
    {
        if (type is not { Kind: TypeKind.Integer, IsArray: false })
            return true;
        var half = BigInteger.One << ((type.ScalarSize * 8) - 1);
        return type.IsSigned ? value >= -half && value < half : value.Sign >= 0 && value < half * 2;
    }

    private static GroupSpec Group(JsonObject json)
    {
        var group = new GroupSpec { Name = Identifier(json), Type = IntegerType(json), Field = json.Optional("field") };
        return group with { Members = json.Each("members", member => Member(member, group.Name + "_")) };
    }

    private static ConstantSpec Member(JsonObject json, string prefix)
    {
        var constant = Constant(json);
        if (constant is not { Kind: ValueKind.Integer, Type: { Kind: TypeKind.Integer, IsArray: false } })
            throw json.Error("a member of a group must be an integer");
        return constant.Name.Length > prefix.Length && constant.Name.StartsWith(prefix, StringComparison.Ordinal)
            ? constant
            : throw json.Error($"\"{constant.Name}\" does not begin with \"{prefix}\" as the members of its group do");
    }

    private static IoctlSpec Ioctl(JsonObject json)
    {
        var ioctl = new IoctlSpec
        {
            Name = Identifier(json),
            Direction = AbiJsonNames.Direction(json.Text("direction")) ?? throw json.Error("\"direction\" must be none, read, write or readwrite"),
            Type = (int)json.Bounded("type", 0, 255),
            Number = (int)json.Bounded("nr", 0, 255),
            Size = (int)json.Bounded("size", 0, AbiLimits.LargestArgument),
            Code = (uint)json.Bounded("code", 0, uint.MaxValue),
            Argument = json.Optional("argument"),
            Enumerator = json.Flag("enumerator"),
            Doc = json.Optional("doc"),
        };
        return ioctl.Argument.Length == 0 ? ioctl : ioctl with { ArgumentType = json.Type("as") };
    }

    private static readonly string[] UnresolvedKinds = ["function-like", "empty", "not-an-expression", "not-constant", "declaration"];

    private static UnresolvedSpec Unresolved(JsonObject json) => new()
    {
        Name = json.Text("name"),
        Kind = json.Text("kind") is var kind && UnresolvedKinds.Contains(kind)
            ? kind
            : throw json.Error("\"kind\" must be function-like, empty, not-an-expression, not-constant or declaration"),
        Reason = json.Text("reason"),
        At = json.Text("at"),
        Body = json.Optional("body"),
        Full = Name(json, "full", optional: true),
        Unnamed = Unnamed(json),
        Samples = MacroSample.TryParse(json.Optional("samples"), out var samples) ? samples
            : throw json.Error("\"samples\" must be such as \"1,2=u32:258 3,4=u32:772\""),
    };

    private static LocationSpec Location(JsonObject json) => new() { Name = json.Text("name"), At = json.Text("at") };
}
