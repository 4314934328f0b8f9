using System.Globalization;
using Faultline.AbiEmit.Native;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Go;

/// <summary>The Go types that C types become.</summary>
internal sealed class GoTypes
{
    /// <summary>Names that Go gives away itself; those with a capital letter are all free.</summary>
    private static readonly string[] Reserved = ["_"];

    private readonly AbiSpec _spec;

    public GoTypes(AbiSpec spec)
    {
        _spec = spec;
        Shapes = new(spec, Rules(spec), Names);
    }

    /// <summary>Types and constants share the names of a package.</summary>
    public Identifiers Names { get; } = new(Reserved);

    public Shapes Shapes { get; }

    private static LayoutRules Rules(AbiSpec spec) => new()
    {
        // Go has 8-byte numbers at 4 bytes on each of its 32-bit machines.
        WideAlign = spec.PointerSize == 4 ? 4 : 8,
        Reserved = Reserved,
        TypeName = Camel,
        MemberName = Camel,
        PaddingName = "",
    };

    /// <summary><c>uffdio_api</c> is <c>UffdioApi</c>: names with a capital letter are those that other packages see.</summary>
    public static string Camel(string c)
    {
        var name = string.Concat(Identifiers.Plain(c).Split(['_'], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));
        return name.Length > 0 && char.IsUpper(name[0]) ? name : "X" + name;
    }

    /// <summary>A constant keeps its C name, unless other packages would not see it.</summary>
    public static string Constant(string c) =>
        Identifiers.Plain(c) is var name && char.IsUpper(name[0]) ? name
            : char.IsLower(name[0]) ? char.ToUpperInvariant(name[0]) + name.Substring(1) : "X" + name;

    /// <summary>The type of a piece of a record.</summary>
    public string Of(Slot slot)
    {
        if (slot.Kind is SlotKind.Padding or SlotKind.Bits or SlotKind.Bytes)
            return $"[{slot.Size.ToString(CultureInfo.InvariantCulture)}]byte";
        return Arrays(slot.Field!.Type) + (slot.Inner?.Name ?? Element(slot.Field.Type) ?? "byte");
    }

    /// <summary>Any type, or null when Go has none.</summary>
    public string? Of(TypeRef type) => Element(type) is { } element ? Arrays(type) + element : null;

    private static string Arrays(TypeRef type) => string.Concat(type.Dimensions
        .Select(dimension => $"[{Math.Max(dimension, 0).ToString(CultureInfo.InvariantCulture)}]"));

    public string? Element(TypeRef type) => type.Kind switch
    {
        TypeKind.Integer when type.ScalarSize <= 8 =>
            $"{(type.IsSigned ? "" : "u")}int{(type.ScalarSize * 8).ToString(CultureInfo.InvariantCulture)}",
        TypeKind.Float when type.Name is "f32" or "f64" => "float" + type.Name.Substring(1),
        TypeKind.Boolean => "byte",
        TypeKind.Pointer => "unsafe.Pointer",
        TypeKind.Record when _spec.FindStruct(type) is { } record => Shapes.NameOf(record.Id),
        TypeKind.Enum when _spec.FindEnum(type) is { Name.Length: > 0 } item => Shapes.NameOf(item.Id),
        TypeKind.Enum when _spec.FindEnum(type) is { } item => Element(item.Type),
        _ => null,
    };
}
