using System.Globalization;
using Faultline.AbiEmit.Native;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.C;

/// <summary>The C types of a header that includes nothing of the kernel's.</summary>
internal sealed class CTypes(AbiSpec spec)
{
    private readonly LayoutRules _rules = Rules(spec);

    /// <summary>The order in which records have to stand, and which of them lie closer or farther than C would lay them.</summary>
    public Shapes Shapes { get; } = new(spec, Rules(spec), new([]));

    private static LayoutRules Rules(AbiSpec spec) => new()
    {
        WideAlign = LayoutRules.HasNarrowWords(spec.Target) ? 4 : 8,
        Packs = true,
        PacksAligned = true,
        Aligns = true,
    };

    /// <summary>A declaration: <c>uint8_t name[16]</c>.</summary>
    public string Declaration(FieldSpec field) => Declaration(Element(field.Type, field.CType), field.Name, field.Type, field.Size);

    /// <param name="element">Null for a type without a name: its bytes are declared.</param>
    public static string Declaration(string? element, string name, TypeRef type, long size)
    {
        if (element is null)
            return $"uint8_t {name}[{Text(size)}]";
        var dimensions = type.Dimensions.Select(dimension => dimension == TypeRef.Flexible ? "[]" : $"[{Text(dimension)}]");
        return $"{element}{(element.EndsWith("*", StringComparison.Ordinal) ? "" : " ")}{name}{string.Concat(dimensions)}";
    }

    /// <param name="spelling">As the header spells it, which tells a character from a number.</param>
    public string? Element(TypeRef type, string spelling) => type.Kind switch
    {
        TypeKind.Integer when type.ScalarSize == 1 && spelling.StartsWith("char", StringComparison.Ordinal) => "char",
        TypeKind.Integer when type.ScalarSize <= 8 => $"{(type.IsSigned ? "" : "u")}int{Text(type.ScalarSize * 8)}_t",
        TypeKind.Integer => type.IsSigned ? "__int128" : "unsigned __int128",
        TypeKind.Float when type.Name == "f32" => "float",
        TypeKind.Float when type.Name == "f64" => "double",
        TypeKind.Float when type.Name is "f80" or "f96" => "long double",
        TypeKind.Boolean => "_Bool",
        TypeKind.Pointer => "void *",
        TypeKind.Record => spec.FindStruct(type) is { } record ? Name(record) : null,
        TypeKind.Enum when spec.FindEnum(type) is { } item =>
            item.Name.Length == 0 ? Element(item.Type, "") : item.Tagged ? item.Id : item.Name,
        _ => null,
    };

    public static string Name(StructSpec record) => record.Tagged ? record.Id : record.Name;

    /// <summary>The alignment that C gives a field in a record that is not packed.</summary>
    public long AlignOf(FieldSpec field)
    {
        if (field.Inline is { } inline)
            return inline.Align;
        if (spec.FindStruct(field.Type.Element) is { } record)
            return record.Align;
        return field.Type.Kind switch
        {
            TypeKind.Integer when field.Type.ScalarSize == 16 => 16,
            TypeKind.Float when field.Type.Name is "f80" => 16,
            TypeKind.Float when field.Type.Name is "f96" => 4,
            _ => _rules.AlignOf(field.Type.Element, spec) ?? 1,
        };
    }

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
