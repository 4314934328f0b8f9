using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Mutations.Mutation;

namespace Faultline.AbiDiff.Tests.Mutations;

/// <summary>Mutations of structs, unions and their fields.</summary>
internal static class RecordMutations
{
    private static readonly TypeRef U8 = TypeRef.Integer(1, signed: false);

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("struct-added", (spec, _) => spec with { Structs = And(spec.Structs, new StructSpec { Name = "brand_new", Size = 4, Align = 4 }) }),
        new("union-added", (spec, _) => spec with { Structs = And(spec.Structs, new StructSpec { Name = "brand_new", Kind = RecordKind.Union, Size = 4, Align = 4 }) }),
        new("struct-removed", Record(RecordKind.Struct, _ => null)),
        new("union-removed", Record(RecordKind.Union, _ => null)),
        new("struct-resized", Record(RecordKind.Struct, record => record with { Size = record.Size + record.Align })),
        new("union-resized", (spec, seed) => spec.Header.StartsWith("drm/", StringComparison.Ordinal) ? null
            : Record(RecordKind.Union, record => record with { Size = record.Size + record.Align })(spec, seed)),
        new("struct-realigned", Record(RecordKind.Struct, record => record with { Align = record.Align * 2 })),
        new("union-realigned", Record(RecordKind.Union, record => record with { Align = record.Align * 2 })),
        new("struct-packing-changed", Record(RecordKind.Struct, record => record with { Packed = !record.Packed })),
        new("union-packing-changed", Record(RecordKind.Union, record => record with { Packed = !record.Packed })),
        new("field-appended", Record(RecordKind.Struct, record => record with { Fields = And(record.Fields, new FieldSpec { Name = "rest", CType = "char[]", Type = U8 with { Dimensions = EquatableArray.Of(TypeRef.Flexible) }, Offset = record.Size }) })),
        new("field-in-padding", Record(RecordKind.Struct, record => record with { Fields = And(record.Fields, Byte(Hole(record)!.Value)) }, record => Hole(record) is not null)),
        new("padding-named", Record(
            RecordKind.Struct,
            record => record with { Fields = And(record.Fields, Byte(Hole(record)!.Value) with { Name = "pad" }) },
            record => Hole(record) is not null && !record.Fields.Any(IsReserved))),
        new("field-inserted", Record(RecordKind.Struct, record => record with { Fields = And(record.Fields, Byte(record.Fields.First(IsPlain).Offset)) }, record => record.Fields.Any(IsPlain))),
        new("union-member-added", Record(RecordKind.Union, record => record with { Fields = And(record.Fields, Byte(0)) })),
        new("union-member-added", Inside(unnamed: true, union => union with { Fields = And(union.Fields, Byte(0)) })),
        new("union-member-added", Inside(unnamed: false, union => union with { Fields = And(union.Fields, Byte(0)) })),
        new("union-member-removed", Field(RecordKind.Union, _ => null)),
        new("union-member-removed", Inside(unnamed: true, union => union with { Fields = union.Fields.Skip(1).ToEquatableArray() })),
        new("union-member-removed", Inside(unnamed: false, union => union with { Fields = union.Fields.Skip(1).ToEquatableArray() })),
        new("field-removed", Field(RecordKind.Struct, _ => null)),
        new("field-moved", Field(RecordKind.Struct, field => field with { Offset = field.Offset + 1 })),
        new("field-moved", Bits(field => field with { BitOffset = field.BitOffset + 1 })),
        new("field-moved", Inline(field => field with { Offset = field.Offset + 1 })),
        new("field-renamed", Field(RecordKind.Struct, field => field with { Name = field.Name + "_renamed" })),
        new("field-renamed", Bits(field => field with { Name = field.Name + "_renamed" })),
        new("field-renamed", Inline(field => field with { Name = field.Name + "_renamed" })),
        new("field-resized", Field(RecordKind.Struct, field => field with { Type = field.Type with { Dimensions = EquatableArray.Of(77L) }, Size = field.Type.ScalarSize * 77 })),
        new("field-resized", Bits(field => field with { BitWidth = field.BitWidth + 1 })),
        new("field-retyped", Field(RecordKind.Struct, field => field with { Type = TypeRef.Integer(field.Type.ScalarSize, !field.Type.IsSigned) with { Dimensions = field.Type.Dimensions } })),
        new("field-retyped", Inline(field => field with { Inline = field.Inline! with { Kind = field.Inline.Kind == RecordKind.Union ? RecordKind.Struct : RecordKind.Union } })),
        new("array-became-flexible",
            Fields(RecordKind.Struct, IsEmpty,
            field => field with { Type = field.Type with { Dimensions = EquatableArray.Of(TypeRef.Flexible) } })),
        new("pointee-changed", Fields(RecordKind.Struct, IsPointer, field => field with { Pointee = TypeRef.Pointer })),
        new("qualifier-changed",
            Fields(RecordKind.Struct, field => field.Pointee is not null, field => field with { Full = $"const {field.Pointee} *" })),
        new("const-dropped", Field(RecordKind.Struct, field => field with { Full = $"const {field.Type}" })) { Backwards = true },
        Function("function-pointer-changed", "s32 (s64) *"),
        Function("function-pointer-retyped", "s32 (u32) *"),
        new("pointer-retyped",
            Fields(RecordKind.Struct, IsPointer, field => field with { CType = "long *", Full = $"{field.Pointee}l *" })),
        new("field-reshaped",
            Fields(RecordKind.Struct, field => IsPlain(field) && !field.Type.IsArray,
            field => field with { Type = field.Type with { Dimensions = EquatableArray.Of(1L) } })),
        new("array-opened",
            Fields(RecordKind.Struct, IsSingle,
            field => field with { Type = field.Type with { Dimensions = EquatableArray.Of(TypeRef.Flexible) }, Size = 0 })),
        new("byte-order-changed",
            Fields(RecordKind.Struct, IsLittle, field => field with { CType = field.CType.Replace("le", "be", StringComparison.Ordinal) })),
        new("field-became-reserved", Field(RecordKind.Struct, field => field with { Name = "reserved" })),
        new("reserved-used", Field(RecordKind.Struct, field => field with { Name = "__spare" })) { Backwards = true },
        new("reserved-reshaped", Fields(RecordKind.Struct, IsReserved, field => field with { Name = "pad" })),
        new("record-extended", Inside(RecordKind.Union, HasRoom, Grown)),
        new("record-truncated", Inside(RecordKind.Union, HasRoom, Grown)) { Backwards = true },
    ];

    /// <summary>Each pointer is one to a function before, and one of them to another then.</summary>
    private static Mutation Function(string kind, string full) =>
        new(kind, Fields(RecordKind.Struct, field => field.Full == Callback, field => field with { Full = full }))
        {
            Before = spec => spec with
            {
                Structs = spec.Structs.Select(record => record with
                {
                    Fields = record.Fields.Select(field => field.Pointee is null ? field : field with { Pointee = null, Full = Callback })
                        .ToEquatableArray(),
                }).ToEquatableArray(),
            },
        };

    private const string Callback = "s32 (s32) *";

    private static bool IsEmpty(FieldSpec field) => field is { Type: { IsArray: true, Length: 0, IsFlexible: false } };

    private static bool IsPointer(FieldSpec field) => field.Pointee is { Kind: TypeKind.Integer, ScalarSize: > 1 };

    private static bool IsSingle(FieldSpec field) => field is { Type: { IsArray: true, Length: 1, IsFlexible: false } };

    private static bool IsLittle(FieldSpec field) => IsPlain(field) && field.CType is ['_', '_', 'l', 'e', '1' or '3' or '6', ..];

    private static bool IsReserved(FieldSpec field) => field is { Name: ['r', 'e', 's', 'v', ..], BitWidth: null };

    /// <summary>Whether a union has a struct in it that can grow without the union.</summary>
    private static bool HasRoom(StructSpec union, FieldSpec field) =>
        field is { Inline: { Kind: RecordKind.Struct } inline, Name.Length: > 0 } && inline.Size + inline.Align <= union.Size;

    private static FieldSpec Grown(FieldSpec field)
    {
        var size = field.Inline!.Size + field.Inline.Align;
        return field with { Size = size,
            Inline = field.Inline with { Size = size, Fields = And(field.Inline.Fields, Byte(field.Inline.Size)) } };
    }

    private static Func<AbiSpec, int, AbiSpec?> Inside(
        RecordKind kind, Func<StructSpec, FieldSpec, bool> qualifies, Func<FieldSpec, FieldSpec> change) => (spec, seed) => Record(
            kind,
            record => record with { Fields = One(record.Fields, seed, field => qualifies(record, field), change)!.Value },
            record => record.Fields.Any(field => qualifies(record, field)))(spec, seed);

    private static FieldSpec Byte(long offset) => new() { Name = "brand_new", CType = "__u8", Type = U8, Offset = offset, Size = 1 };

    private static bool IsPlain(FieldSpec field) =>
        !IsReserved(field) && field is { Size: > 0, BitWidth: null, Inline: null, Type: { Kind: TypeKind.Integer, IsFlexible: false } };

    /// <summary>The first byte that no field covers.</summary>
    private static long? Hole(StructSpec record) => Enumerable.Range(0, (int)record.Size).Select(at => (long?)at)
        .FirstOrDefault(at => !record.Fields.Any(field => at >= field.Offset && at < field.Offset + field.Size));

    private static Func<AbiSpec, int, AbiSpec?> Record(RecordKind kind, Func<StructSpec, StructSpec?> change, Func<StructSpec, bool>? qualifies = null) => (spec, seed) =>
        One(spec.Structs, seed, record => record.Kind == kind && qualifies?.Invoke(record) != false, change) is { } changed ? spec with { Structs = changed } : null;

    private static Func<AbiSpec, int, AbiSpec?> Field(RecordKind kind, Func<FieldSpec, FieldSpec?> change) => Fields(kind, IsPlain, change);

    private static Func<AbiSpec, int, AbiSpec?> Bits(Func<FieldSpec, FieldSpec?> change) => Fields(RecordKind.Struct, field => field.BitWidth is not null, change);

    /// <summary>Changes a named field in which a record is written.</summary>
    private static Func<AbiSpec, int, AbiSpec?> Inline(Func<FieldSpec, FieldSpec?> change) => Fields(RecordKind.Struct, field => field is { Inline: not null, Name.Length: > 0 }, change);

    /// <summary>Changes a union that is written inside a field.</summary>
    private static Func<AbiSpec, int, AbiSpec?> Inside(bool unnamed, Func<StructSpec, StructSpec> change) =>
        Fields(RecordKind.Struct, field => field.Inline is { Kind: RecordKind.Union } && field.Name.Length == 0 == unnamed, field => field with { Inline = change(field.Inline!) });

    private static Func<AbiSpec, int, AbiSpec?> Fields(RecordKind kind, Func<FieldSpec, bool> qualifies, Func<FieldSpec, FieldSpec?> change) => (spec, seed) =>
        Record(kind, record => record with { Fields = One(record.Fields, seed, qualifies, change)!.Value }, record => record.Fields.Any(qualifies))(spec, seed);
}
