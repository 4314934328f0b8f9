using System.Globalization;
using Faultline.AbiEmit.Native;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Rust;

/// <summary>The Rust types that C types become.</summary>
internal sealed class RustTypes
{
    private static readonly string[] Keywords =
        ("as async await break const continue dyn else enum extern false fn for gen if impl in let loop match mod move mut pub ref return "
            + "static struct trait true type unsafe use where while abstract become box do final macro override priv try typeof unsized "
            + "virtual yield").Split(' ');

    /// <summary>Words that not even <c>r#</c> makes a name of.</summary>
    public static readonly string[] Never = ["self", "Self", "super", "crate", "_"];

    /// <summary>Types that the code itself names.</summary>
    private static readonly string[] Builtin =
        "u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 f32 f64 bool char str usize isize core rust_core Copy Clone".Split(' ');

    private readonly AbiSpec _spec;

    public RustTypes(AbiSpec spec)
    {
        _spec = spec;
        Names = new(Never.Concat(Builtin));
        Shapes = new(spec, Rules(spec), Names);
    }

    /// <summary>Names of types.</summary>
    public Identifiers Names { get; }

    public Shapes Shapes { get; }

    private static LayoutRules Rules(AbiSpec spec) => new()
    {
        WideAlign = LayoutRules.HasNarrowWords(spec.Target) ? 4 : 8,
        Packs = true,
        Aligns = true,
        Reserved = Never,
        TypeName = Name,
        MemberName = Name,
    };

    public static string Name(string c) => Keywords.Contains(Identifiers.Plain(c)) ? "r#" + c : Identifiers.Plain(c);

    /// <summary>The type of a piece of a record.</summary>
    public string Of(Slot slot)
    {
        if (slot.Kind is SlotKind.Padding or SlotKind.Bits or SlotKind.Bytes)
            return $"[u8; {slot.Size.ToString(CultureInfo.InvariantCulture)}]";
        return Arrays(slot.Inner?.Name ?? Element(slot.Field!.Type) ?? "u8", slot.Field!.Type);
    }

    /// <summary>Any type, or null when Rust has none.</summary>
    public string? Of(TypeRef type) => Element(type) is { } element ? Arrays(element, type) : null;

    private static string Arrays(string element, TypeRef type) => type.Dimensions.Reverse()
        .Aggregate(element, (inner, dimension) => $"[{inner}; {Math.Max(dimension, 0).ToString(CultureInfo.InvariantCulture)}]");

    public string? Element(TypeRef type) => type.Kind switch
    {
        TypeKind.Integer => type.Name.Replace('s', 'i'),
        TypeKind.Float when type.Name is "f32" or "f64" => type.Name,
        TypeKind.Boolean => "u8", // any other value than 0 and 1 in a bool is undefined
        TypeKind.Pointer => "*mut core::ffi::c_void",
        TypeKind.Record when _spec.FindStruct(type) is { } record => Shapes.NameOf(record.Id),
        TypeKind.Enum when _spec.FindEnum(type) is { Name.Length: > 0 } item => Shapes.NameOf(item.Id),
        TypeKind.Enum when _spec.FindEnum(type) is { } item => Element(item.Type),
        _ => null,
    };
}
