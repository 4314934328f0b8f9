using Faultline.AbiEmit.Native;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.C;

/// <summary>Structs and unions in C, with assertions of their layout.</summary>
internal sealed class CRecords(CTypes types, SourceWriter code)
{
    public void Write(StructSpec record)
    {
        code.Title(record.Id);
        code.Doc(record.Doc, "//");
        if (record.Tagged)
            Body($"{Keyword(record)} {record.Name}", record, "");
        else
            Body($"typedef {Keyword(record)}", record, " " + record.Name);
        var name = CTypes.Name(record);
        Assert($"sizeof({name})", record.Size);
        Assert($"_Alignof({name})", record.Align);
        Offsets(name, "", record, 0);
    }

    private static string Keyword(StructSpec record) => record.Kind == RecordKind.Union ? "union" : "struct";

    private void Body(string head, StructSpec record, string behind)
    {
        var packed = record.Packed || record.Fields.Any(field => IsMisfit(field, record));
        code.Open(head + " {");
        long end = 0, natural = 1;
        var pads = 0;
        foreach (var field in record.Fields)
        {
            var align = packed ? 1 : types.AlignOf(field);
            // A bit-field without a name asks for no alignment.
            natural = field is { BitWidth: not null, Name.Length: 0 } ? natural : Math.Max(natural, align);
            if (field.BitWidth is { } width)
            {
                var name = field.Name.Length > 0 ? field.Name + " " : "";
                code.Line($"{types.Element(field.Type, field.CType) ?? "uint64_t"} {name}: {CTypes.Text(width)};");
                end = Math.Max(end, (field.BitOffset!.Value + width + 7) / 8);
                continue;
            }
            if (record.Kind == RecordKind.Struct && (end + align - 1) / align * align != field.Offset && field.Offset > end)
                code.Line($"uint8_t _pad{CTypes.Text(pads++)}[{CTypes.Text(field.Offset - end)}];");
            Field(field);
            end = Math.Max(end, field.Offset + field.Size);
        }
        if (record.Kind == RecordKind.Struct && (end + record.Align - 1) / record.Align * record.Align != record.Size && record.Size > end)
            code.Line($"uint8_t _pad{CTypes.Text(pads)}[{CTypes.Text(record.Size - end)}];");
        var attributes = new List<string>();
        if (packed)
            attributes.Add("packed");
        if (natural < record.Align)
            attributes.Add($"aligned({CTypes.Text(record.Align)})");
        code.Close("}" + (attributes.Count > 0 ? $" __attribute__(({string.Join(", ", attributes)}))" : "") + behind + ";");
    }

    /// <summary>Whether a member lies where its type alone would not put it.</summary>
    private bool IsMisfit(FieldSpec field, StructSpec record) => types.AlignOf(field) is var align
        && (field.BitWidth is null ? align > record.Align || field.Offset % align != 0 : field.Name.Length > 0 && align > record.Align);

    private void Field(FieldSpec field)
    {
        code.Doc(field.Doc, "//");
        if (field.Inline is { } inline)
            Body(Keyword(inline), inline, CTypes.Declaration("", field.Name, field.Type, field.Size) is { Length: > 1 } name ? name : "");
        else if (field.Type is { IsFlexible: true })
            code.Line($"{Flexible(field)};");
        else
            code.Line($"{types.Declaration(field)};");
    }

    /// <summary>C has no flexible array where it stands alone or in a union; gcc has one of no elements anywhere.</summary>
    private string Flexible(FieldSpec field) => CTypes.Declaration(types.Element(field.Type, field.CType) ?? "uint8_t", field.Name,
        field.Type with { Dimensions = field.Type.Dimensions.Select(dimension => Math.Max(dimension, 0)).ToEquatableArray() }, 0);

    private void Offsets(string name, string path, StructSpec record, long start)
    {
        foreach (var field in record.Fields.Where(field => field.BitWidth is null))
        {
            var at = start + field.Offset;
            if (field.Name.Length > 0)
                Assert($"offsetof({name}, {path}{field.Name})", at);
            if (field.Inline is { } inline && !field.Type.IsArray)
                Offsets(name, field.Name.Length > 0 ? $"{path}{field.Name}." : path, inline, at);
        }
    }

    public void Assert(string what, long number) =>
        code.Line($"_Static_assert({what} == {CTypes.Text(number)}, \"{what} is {CTypes.Text(number)} in the header\");");
}
