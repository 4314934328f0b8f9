using System.Globalization;
using System.Text;

namespace Faultline.AbiModel.Json;

/// <summary>Writes a model as sorted JSON with one field, constant or ioctl on each line, so that a review shows ABI changes line by line.</summary>
internal sealed class AbiJsonWriter
{
    private readonly StringBuilder _text = new();

    public static string Write(AbiSpec unsorted)
    {
        var spec = AbiOrder.Sorted(unsorted);
        var writer = new AbiJsonWriter();
        writer.Line(0, "{");
        writer.Line(1, $"\"schema\": {JsonLine.Quote(AbiSpec.SchemaName)},");
        writer.Line(1, $"\"header\": {JsonLine.Quote(spec.Header)},");
        writer.Line(1, $"\"target\": {JsonLine.Quote(spec.Target)},");
        writer.Line(1, $"\"pointerSize\": {spec.PointerSize.ToString(CultureInfo.InvariantCulture)},");
        writer.Section("structs", spec.Structs, (item, tail) => writer.Struct(2, "", item, tail));
        writer.Section("enums", spec.Enums, writer.Enum);
        writer.Section("typedefs", spec.Typedefs, (item, tail) => writer.WithUnnamed(2, Typedef(item), item.Unnamed, tail));
        writer.Section("constants", spec.Constants, (item, tail) => writer.Line(2, Braced(Constant(item), tail)));
        writer.Section("flags", spec.Flags, writer.Group);
        writer.Section("events", spec.Events, writer.Group);
        writer.Section("ioctls", spec.Ioctls, (item, tail) => writer.Line(2, Braced(Ioctl(item), tail)));
        writer.Section("unresolved", spec.Unresolved, (item, tail) => writer.WithUnnamed(2, Unresolved(item), item.Unnamed, tail));
        writer.Section("locations", spec.Locations, (item, tail) =>
            writer.Line(2, Braced(new JsonLine().Text("name", item.Name).Text("at", item.At), tail)), last: true);
        writer.Line(0, "}");
        return writer._text.ToString();
    }

    private static string Braced(JsonLine line, string tail) => $"{{{line}}}{tail}";

    private void Line(int level, string text) => _text.Append(' ', level * 2).Append(text).Append('\n');

    private void Section<T>(string name, IReadOnlyList<T> items, Action<T, string> write, bool last = false)
    {
        var tail = last ? "" : ",";
        if (items.Count == 0)
        {
            Line(1, $"\"{name}\": []{tail}");
            return;
        }
        Line(1, $"\"{name}\": [");
        Each(items, write);
        Line(1, "]" + tail);
    }

    private static void Each<T>(IReadOnlyList<T> items, Action<T, string> write)
    {
        for (var i = 0; i < items.Count; i++)
            write(items[i], i + 1 < items.Count ? "," : "");
    }

    /// <summary>Opens an object whose last member is a list with one line for each item.</summary>
    private void Listing<T>(int level, string start, string list, IReadOnlyList<T> items, Action<T, string> write, string tail)
    {
        if (items.Count == 0)
        {
            Line(level, $"{start}, \"{list}\": []{tail}");
            return;
        }
        Line(level, $"{start}, \"{list}\": [");
        Each(items, write);
        Line(level, "]" + tail);
    }

    /// <param name="prefix">What stands before the record's members when it is written inside a field, else empty.</param>
    private void Struct(int level, string prefix, StructSpec spec, string tail)
    {
        var line = new JsonLine()
            .Optional("name", spec.Name)
            .Text("kind", spec.Kind == RecordKind.Union ? "union" : "struct")
            .Flag("typedef", !spec.Tagged)
            .Integer("size", spec.Size)
            .Integer("align", spec.Align)
            .Flag("packed", spec.Packed)
            .Optional("qualifiers", spec.Qualifiers)
            .Optional("origin", spec.Origin)
            .Optional("doc", spec.Doc);
        Listing(level, $"{prefix}{{{line}", "fields", spec.Fields, (field, end) => Field(level + 1, field, end), "}" + tail);
    }

    private void Field(int level, FieldSpec field, string tail)
    {
        var line = new JsonLine().Optional("name", field.Name).Integer("offset", field.Offset).Integer("size", field.Size);
        if (field.BitOffset is { } bits)
            line.Integer("bits", bits).Integer("width", field.BitWidth ?? 0);
        line.Text("type", field.CType).Text("as", field.Type.ToString()).Optional("to", field.Pointee?.ToString() ?? "")
            .Optional("full", field.Full).Optional("doc", field.Doc);
        if (field.Inline is { } inline)
            Struct(level, $"{{{line}, \"record\": ", inline, "}" + tail);
        else
            WithUnnamed(level, line, field.Unnamed, tail);
    }

    private void WithUnnamed(int level, JsonLine line, EquatableArray<StructSpec> unnamed, string tail)
    {
        if (unnamed.Count == 0)
            Line(level, Braced(line, tail));
        else
            Listing(level, "{" + line, "unnamed", unnamed, (record, end) => Struct(level + 1, "", record, end), "}" + tail);
    }

    private void Enum(EnumSpec spec, string tail)
    {
        var line = new JsonLine()
            .Optional("name", spec.Name)
            .Flag("typedef", !spec.Tagged)
            .Text("as", spec.Type.ToString())
            .Optional("qualifiers", spec.Qualifiers)
            .Optional("origin", spec.Origin)
            .Optional("doc", spec.Doc);
        Listing(2, "{" + line, "members", spec.Members, (member, end) =>
            Line(3, Braced(new JsonLine().Text("name", member.Name).Integer("value", member.Value)
                .Flag("defined", member.Defined).Optional("doc", member.Doc), end)), "}" + tail);
    }

    private void Group(GroupSpec group, string tail)
    {
        var line = new JsonLine().Text("name", group.Name).Text("as", group.Type.ToString()).Optional("field", group.Field);
        Listing(2, "{" + line, "members", group.Members, (member, end) => Line(3, Braced(Constant(member), end)), "}" + tail);
    }

    private static JsonLine Typedef(TypedefSpec item) => new JsonLine()
        .Text("name", item.Name)
        .Text("type", item.CType)
        .Text("as", item.Type.ToString())
        .Optional("full", item.Full)
        .Integer("size", item.Size)
        .Optional("doc", item.Doc);

    private static JsonLine Constant(ConstantSpec item)
    {
        var line = new JsonLine().Text("name", item.Name).Text("type", item.CType).Text("as", item.Type.ToString());
        _ = item.Kind switch
        {
            ValueKind.Integer => line.Integer("value", item.Integer),
            ValueKind.Float => line.Text("float", item.Value),
            _ => line.Text("string", item.Value),
        };
        return line.Optional("expression", item.Expression).Optional("doc", item.Doc);
    }

    private static JsonLine Ioctl(IoctlSpec item)
    {
        var line = new JsonLine()
            .Text("name", item.Name)
            .Flag("enumerator", item.Enumerator)
            .Text("direction", AbiJsonNames.Of(item.Direction))
            .Integer("type", item.Type)
            .Integer("nr", item.Number)
            .Integer("size", item.Size)
            .Integer("code", item.Code);
        if (item.Argument.Length > 0)
            line.Text("argument", item.Argument).Text("as", item.ArgumentType.ToString());
        return line.Optional("doc", item.Doc);
    }

    private static JsonLine Unresolved(UnresolvedSpec item) => new JsonLine()
        .Text("name", item.Name)
        .Text("kind", item.Kind)
        .Text("reason", item.Reason)
        .Text("at", item.At)
        .Optional("body", item.Body)
        .Optional("samples", MacroSample.Format(item.Samples))
        .Optional("full", item.Full);
}

/// <summary>The words the format uses for enumerated values.</summary>
internal static class AbiJsonNames
{
    public static string Of(IoctlDirection direction) => direction switch
    {
        IoctlDirection.None => "none",
        IoctlDirection.Read => "read",
        IoctlDirection.Write => "write",
        _ => "readwrite",
    };

    public static IoctlDirection? Direction(string text) => text switch
    {
        "none" => IoctlDirection.None,
        "read" => IoctlDirection.Read,
        "write" => IoctlDirection.Write,
        "readwrite" => IoctlDirection.ReadWrite,
        _ => null,
    };
}
