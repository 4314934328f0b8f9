using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>The C# types that C types become.</summary>
internal static class CSharpType
{
    /// <summary>The type of one element, or null when C# has none of that size and meaning: then its bytes are kept.</summary>
    public static string? Of(TypeRef type, EmittableModel model, NamePlan names)
    {
        return type.Kind switch
        {
            TypeKind.Integer => Integer(type.Name),
            TypeKind.Float when type.Name == "f32" => "float",
            TypeKind.Float when type.Name == "f64" => "double",
            TypeKind.Boolean => "byte",
            // Fixed width, so that the layout is the target's whatever process runs it.
            TypeKind.Pointer => model.Spec.PointerSize == 8 ? "ulong" : "uint",
            TypeKind.Record => model.Spec.FindStruct(type) is { } record && StructPlan.HasForm(record) ? Qualified(type.Name) : null,
            TypeKind.Enum => Qualified(type.Name),
            _ => null,
        };

        // A nested type may bear the name of a type outside; the full name always means the one outside.
        string? Qualified(string id) => names.Type(id) is { } name ? $"global::{model.Namespace}.{name}" : null;
    }

    /// <summary>The type of a field or of one element of it: an integer that has its own byte order knows it.</summary>
    public static string? OfElement(FieldSpec field, EmittableModel model, NamePlan names) =>
        names.ByteOrders.Of(field.CType, field.Type) is { } ordered ? $"global::{model.Namespace}.{ordered}"
            : Of(field.Type.Element, model, names);

    public static string Integer(string name) => name switch
    {
        "u8" => "byte",
        "s8" => "sbyte",
        "u16" => "ushort",
        "s16" => "short",
        "u32" => "uint",
        "s32" => "int",
        "u64" => "ulong",
        "s64" => "long",
        "u128" => "global::System.UInt128",
        _ => "global::System.Int128",
    };
}
