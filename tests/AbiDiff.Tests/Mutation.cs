using System.Globalization;
using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Tests;

/// <summary>One way to change one thing of a model.</summary>
/// <param name="Kind">The id of the one change it must be reported as.</param>
/// <param name="Apply">The changed model, or null when the model has nothing of that sort.</param>
internal sealed record Mutation(string Kind, Func<AbiSpec, int, AbiSpec?> Apply)
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("struct-added", (spec, _) => spec with { Structs = spec.Structs.Append(new StructSpec { Name = "brand_new", Size = 4, Align = 4 }).ToEquatableArray() }),
        new("struct-removed", Struct(RecordKind.Struct, (_, _) => null)),
        new("union-removed", Struct(RecordKind.Union, (_, _) => null)),
        new("struct-resized", Struct(RecordKind.Struct, (record, _) => record with { Size = record.Size + record.Align })),
        new("union-resized", Struct(RecordKind.Union, (record, _) => record with { Size = record.Size + record.Align })),
        new("struct-realigned", Struct(RecordKind.Struct, (record, _) => record with { Align = record.Align * 2 })),
        new("union-realigned", Struct(RecordKind.Union, (record, _) => record with { Align = record.Align * 2 })),
        new("struct-packing-changed", Struct(RecordKind.Struct, (record, _) => record with { Packed = !record.Packed })),
        new("field-removed", Field(RecordKind.Struct, _ => null)),
        new("union-member-removed", Field(RecordKind.Union, _ => null)),
        new("field-moved", Field(RecordKind.Struct, field => field with { Offset = field.Offset + 1 })),
        new("field-renamed", Field(RecordKind.Struct, field => field with { Name = field.Name + "_renamed" })),
        new("field-resized", Field(RecordKind.Struct, field => field with { Type = field.Type with { Dimensions = EquatableArray.Of(77L) }, Size = field.Type.ScalarSize * 77 })),
        new("field-retyped", Field(RecordKind.Struct, field => field with { Type = TypeRef.Integer(field.Type.ScalarSize, !field.Type.IsSigned) with { Dimensions = field.Type.Dimensions } })),
        new("enum-retyped", Enum(item => item with { Type = TypeRef.Integer(8, signed: false) })),
        new("enum-removed", Enum(_ => null)),
        new("enumerator-added", Enum(item => item with { Members = item.Members.Append(new EnumMemberSpec { Name = item.Name + "_NEW", Value = 5000 }).ToEquatableArray() })),
        new("enumerator-removed", Enum(item => item with { Members = item.Members.Skip(1).ToEquatableArray(), Name = item.Name })),
        new("enumerator-changed", Enum(item => item with { Members = item.Members.Select((member, i) => i == 0 ? member with { Value = 6000 } : member).ToEquatableArray() })),
        new("enumerator-renamed", Enum(item => item with { Members = item.Members.Select((member, i) => i == 0 ? member with { Name = member.Name + "_X" } : member).ToEquatableArray() })),
        new("typedef-removed", (spec, _) => spec.Typedefs.Count == 0 ? null : spec with { Typedefs = spec.Typedefs.Skip(1).ToEquatableArray() }),
        new("typedef-changed", (spec, _) => spec.Typedefs.Count == 0 ? null : spec with { Typedefs = Replace(spec.Typedefs, 0, spec.Typedefs[0] with { Type = TypeRef.Pointer }) }),
        new("constant-added", (spec, _) => spec with { Constants = spec.Constants.Append(new ConstantSpec { Name = "BRAND_NEW", CType = "int", Type = TypeRef.Integer(4, true), Value = "1" }).ToEquatableArray() }),
        new("constant-removed", Constant(_ => null)),
        new("constant-changed", Constant(constant => constant with { Kind = ValueKind.Integer, Value = Next(constant) })),
        new("constant-retyped", Constant(constant => constant with { Type = TypeRef.Integer(constant.Type.ScalarSize, !constant.Type.IsSigned) })),
        new("constant-became-unresolvable", (spec, seed) => spec.Constants.Count == 0 ? null : spec with
        {
            Constants = Replace(spec.Constants, seed % spec.Constants.Count, null),
            Unresolved = spec.Unresolved.Append(new UnresolvedSpec { Name = spec.Constants[seed % spec.Constants.Count].Name, Kind = "not-constant" }).ToEquatableArray(),
        }),
        new("macro-removed", (spec, _) => spec.Unresolved.Count == 0 ? null : spec with { Unresolved = spec.Unresolved.Skip(1).ToEquatableArray() }),
        new("flag-added", Flag((group, _) => group.Members.Append(group.Members[0] with { Name = group.Name + "_NEW", Value = "4294967296" }))),
        new("flag-removed", Flag((group, index) => group.Members.Where((_, i) => i != index))),
        new("flag-moved", Flag((group, index) => group.Members.Select((member, i) => i == index ? member with { Value = "4294967296" } : member))),
        new("flag-renamed", Flag((group, index) => group.Members.Select((member, i) => i == index ? member with { Name = member.Name + "_V2" } : member))),
        new("flag-bit-reused", Flag((group, index) => group.Members.Select((member, i) => i == index ? member with { Name = group.Name + "_UNRELATED" } : member))),
        new("flag-retyped", Flag((group, index) => group.Members.Select((member, i) => i == index ? member with { Type = TypeRef.Integer(8, false) } : member))),
        new("event-removed", (spec, _) => spec.Events.Count == 0 ? null
            : spec with { Events = Replace(spec.Events, 0, spec.Events[0] with { Members = spec.Events[0].Members.Skip(1).ToEquatableArray() }) }),
        new("ioctl-removed", Ioctl(_ => null)),
        new("ioctl-number-changed", Ioctl(ioctl => Coded(ioctl with { Type = 0xAB }))),
        new("ioctl-direction-changed", Ioctl(ioctl => Coded(ioctl with { Direction = ioctl.Direction == IoctlDirection.Read ? IoctlDirection.Write : IoctlDirection.Read }))),
        new("ioctl-size-changed", Ioctl(ioctl => Coded(ioctl with { Size = ioctl.Size + 8 }))),
        new("ioctl-argument-changed", Ioctl(ioctl => ioctl with { ArgumentType = new(TypeKind.Record, "struct somebody_else", default) })),
        new("ioctl-encoding-changed", Ioctl(ioctl => ioctl with { Code = ~ioctl.Code })),
        new("ioctl-renamed", Ioctl(ioctl => ioctl with { Name = ioctl.Name + "_V2" })),
        new("ioctl-number-reused", Ioctl(ioctl => ioctl with { Name = "UNRELATED" })),
        new("target-changed", (spec, _) => spec with { Target = "other" }),
    ];

    private static EquatableArray<T> Replace<T>(EquatableArray<T> items, int index, T? with)
        where T : class, IEquatable<T> => items.Select((item, i) => i == index ? with : item).Where(item => item is not null).Select(item => item!).ToEquatableArray();

    private static Func<AbiSpec, int, AbiSpec?> Struct(RecordKind kind, Func<StructSpec, int, StructSpec?> change) => (spec, seed) =>
    {
        var indexes = Enumerable.Range(0, spec.Structs.Count).Where(i => spec.Structs[i].Kind == kind).ToList();
        return indexes.Count == 0 ? null : spec with { Structs = Replace(spec.Structs, indexes[seed % indexes.Count], change(spec.Structs[indexes[seed % indexes.Count]], seed)) };
    };

    private static Func<AbiSpec, int, AbiSpec?> Field(RecordKind kind, Func<FieldSpec, FieldSpec?> change) => Struct(kind, (record, seed) =>
        record with { Fields = Replace(record.Fields, seed % record.Fields.Count, change(record.Fields[seed % record.Fields.Count])) });

    private static Func<AbiSpec, int, AbiSpec?> Enum(Func<EnumSpec, EnumSpec?> change) => (spec, seed) =>
        spec.Enums.Count == 0 ? null : spec with { Enums = Replace(spec.Enums, seed % spec.Enums.Count, change(spec.Enums[seed % spec.Enums.Count])) };

    private static Func<AbiSpec, int, AbiSpec?> Constant(Func<ConstantSpec, ConstantSpec?> change) => (spec, seed) =>
        spec.Constants.Count == 0 ? null : spec with { Constants = Replace(spec.Constants, seed % spec.Constants.Count, change(spec.Constants[seed % spec.Constants.Count])) };

    private static Func<AbiSpec, int, AbiSpec?> Flag(Func<GroupSpec, int, IEnumerable<ConstantSpec>> change) => (spec, seed) =>
    {
        if (spec.Flags.Count == 0)
            return null;
        var group = spec.Flags[seed % spec.Flags.Count];
        return spec with { Flags = Replace(spec.Flags, seed % spec.Flags.Count, group with { Members = change(group, seed % group.Members.Count).ToEquatableArray() }) };
    };

    private static Func<AbiSpec, int, AbiSpec?> Ioctl(Func<IoctlSpec, IoctlSpec?> change) => (spec, seed) =>
        spec.Ioctls.Count == 0 ? null : spec with { Ioctls = Replace(spec.Ioctls, seed % spec.Ioctls.Count, change(spec.Ioctls[seed % spec.Ioctls.Count])) };

    private static IoctlSpec Coded(IoctlSpec ioctl) =>
        ioctl with { Code = ((uint)ioctl.Direction << 30) | ((uint)ioctl.Size << 16) | ((uint)ioctl.Type << 8) | (uint)ioctl.Number };

    private static string Next(ConstantSpec constant) =>
        constant.Kind == ValueKind.Integer ? (constant.Integer + BigInteger.One).ToString(CultureInfo.InvariantCulture) : "1";
}
