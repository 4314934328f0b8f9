using System.Globalization;
using System.Numerics;
using CsCheck;

namespace Faultline.AbiModel.Tests;

/// <summary>Random models that are consistent: names are unique, offsets and sizes add up, references point at records that exist.</summary>
internal static class ModelGen
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char[" abc\"\\\n\t\u0001é\u2028\ud800/<>&"], 0, 20];

    private static readonly Gen<TypeRef> Scalar = Gen.Select(Any(1, 2, 4, 8), Gen.Bool, TypeRef.Integer);

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<string> Name(string prefix) => Gen.Int[0, 400].Select(number => prefix + number.ToString(CultureInfo.InvariantCulture));

    private static Gen<EquatableArray<T>> Distinct<T>(Gen<T> items, Func<T, string> name, int most)
        where T : IEquatable<T> => items.List[0, most].Select(list => list.DistinctBy(name).ToEquatableArray());

    private static readonly Gen<ConstantSpec> Constant =
        from plain in Name("MACRO_")
        from last in Any("", "", "", "_VERSION", "_RESERVED")
        let name = plain + last
        from type in Scalar
        from value in Gen.ULong
        from kind in Any(ValueKind.Integer, ValueKind.Integer, ValueKind.Integer, ValueKind.String, ValueKind.Float)
        from text in Gen.String[Gen.Char['\u0000', '\u00ff'], 0, 8]
        from number in Gen.Double.Unit
        from mask in Gen.Bool
        from doc in Text
        select new ConstantSpec
        {
            Name = name,
            CType = "some type",
            Type = type,
            Kind = kind,
            Value = kind switch
            {
                ValueKind.String => text,
                ValueKind.Float => number.ToString("R", CultureInfo.InvariantCulture),
                _ => Fit(value, type).ToString(CultureInfo.InvariantCulture),
            },
            Expression = mask ? "(A | B)" : "(" + name + ")",
            Doc = doc,
        };

    private static BigInteger Fit(ulong value, TypeRef type)
    {
        var bits = type.ScalarSize * 8;
        var wrapped = value & ((BigInteger.One << bits) - 1);
        return type.IsSigned && wrapped >> (bits - 1) == 1 ? wrapped - (BigInteger.One << bits) : wrapped;
    }

    private static Gen<GroupSpec> Group(string prefix) =>
        from name in Name(prefix)
        from bits in Gen.Int[0, 31].List[1, 5]
        select new GroupSpec
        {
            Name = name,
            Type = TypeRef.Integer(4, signed: false),
            Members = bits.Distinct().Select(bit => new ConstantSpec
            {
                Name = $"{name}_BIT{bit}",
                CType = "unsigned int",
                Type = TypeRef.Integer(4, signed: false),
                Value = (BigInteger.One << bit).ToString(CultureInfo.InvariantCulture),
                Expression = $"(1U << {bit})",
            }).OrderBy(member => member.Integer).ToEquatableArray(),
        };

    /// <summary>What a member may be. Plain ones are the most, for most mutations need one.</summary>
    private enum Shape
    {
        Plain,
        Array,
        Bits,
        Pointer,
        Union,
        NamedUnion,
        NamedStruct,

        /// <summary>An array that only keeps space, and says so by its name.</summary>
        Reserved,

        /// <summary>An array without elements, as they were written before C had flexible ones.</summary>
        Empty,

        /// <summary>An array of one element.</summary>
        Single,
    }

    private static readonly Gen<Shape> Shapes =
        Any(Shape.Plain, Shape.Plain, Shape.Plain, Shape.Array, Shape.Bits, Shape.Pointer, Shape.Union, Shape.NamedUnion,
            Shape.NamedStruct, Shape.Reserved, Shape.Empty, Shape.Single);

    private static readonly Gen<StructSpec> Struct =
        from name in Name("record_")
        from kind in Any(RecordKind.Struct, RecordKind.Struct, RecordKind.Union)
        from members in Gen.Select(Scalar, Shapes).List[1, 6]
        from tagged in Any(true, true, false)
        from packed in Any(false, false, true)
        from origin in Any("", "", "linux/other.h")
        from doc in Text
        select Lay(kind, members) with { Name = name, Tagged = tagged, Packed = packed, Origin = origin, Doc = doc };

    /// <summary>Puts the fields one behind the other at their natural alignment; in a union all at 0.</summary>
    private static StructSpec Lay(RecordKind kind, List<(TypeRef Type, Shape Shape)> members)
    {
        var (end, align) = (0L, 1);
        var fields = new List<FieldSpec>();
        foreach (var (type, shape) in members)
        {
            var (field, alignment) = Member($"field{fields.Count}", type, shape);
            var offset = kind == RecordKind.Union ? 0 : (end + alignment - 1) / alignment * alignment;
            fields.Add(field with { Offset = offset, BitOffset = field.BitWidth is null ? null : offset * 8 });
            end = Math.Max(end, offset + field.Size);
            align = Math.Max(align, alignment);
        }
        return new() { Kind = kind, Size = (end + align - 1) / align * align, Align = align, Fields = fields.ToEquatableArray() };
    }

    private static (FieldSpec Field, int Align) Member(string name, TypeRef type, Shape shape)
    {
        var plain = new FieldSpec { Name = name, CType = type.IsSigned ? type.ToString()
            : $"__le{type.ScalarSize * 8}", Type = type, Size = type.ScalarSize };
        FieldSpec Inline(string called, RecordKind kind) =>
            Lay(kind, [(type, Shape.Plain), (TypeRef.Integer(1, signed: true), Shape.Plain)]) is var record
                ? new() { Name = called, CType = "union {...}", Type = TypeRef.Inline, Size = record.Size, Inline = record with { Fields = Renamed(record.Fields, name) } }
                : plain;
        return shape switch
        {
            Shape.Array => (plain with { Type = type with { Dimensions = EquatableArray.Of(3L) }, Size = type.ScalarSize * 3 }, type.ScalarSize),
            Shape.Single => (plain with { Type = type with { Dimensions = EquatableArray.Of(1L) } }, type.ScalarSize),
            Shape.Reserved => (plain with { Name = "resv_" + name, Type = type with { Dimensions = EquatableArray.Of(2L) },
                Size = type.ScalarSize * 2 }, type.ScalarSize),
            Shape.Empty => (plain with { Type = type with { Dimensions = EquatableArray.Of(0L) }, Size = 0 }, type.ScalarSize),
            Shape.Bits => (plain with { BitWidth = Math.Min(3, (type.ScalarSize * 8) - 1) }, type.ScalarSize),
            Shape.Pointer => (plain with { CType = $"{type} *", Type = TypeRef.Pointer, Pointee = type, Size = 8 }, 8),
            Shape.Union => (Inline("", RecordKind.Union), type.ScalarSize),
            Shape.NamedUnion => (Inline(name, RecordKind.Union), type.ScalarSize),
            Shape.NamedStruct => (Inline(name, RecordKind.Struct), type.ScalarSize),
            _ => (plain, type.ScalarSize),
        };
    }

    /// <summary>Members of an unnamed member are named in the record around it, and must not meet there.</summary>
    private static EquatableArray<FieldSpec> Renamed(EquatableArray<FieldSpec> fields, string around) =>
        fields.Select(field => field with { Name = $"{around}_{field.Name}" }).ToEquatableArray();

    /// <summary>Some have no name. Where the members begin differs, so that two sides have one by different first members.</summary>
    private static readonly Gen<EnumSpec> Enum =
        from family in Name("enum_")
        from nameless in Any(false, false, true)
        from first in Gen.Int[0, 2]
        from values in Gen.Int[0, 1000].List[1, 5]
        from end in Any(false, false, true)
        select new EnumSpec
        {
            Name = nameless ? "" : family,
            Members = values.Distinct().Select((value, index) => new EnumMemberSpec { Name = $"{family}_M{first + index}", Value = value })
                .Concat(end ? [new EnumMemberSpec { Name = $"{family}_MAX", Value = values.Max() + 1 }] : []).ToEquatableArray(),
        };

    /// <summary>What the names of an enum's members begin with; no enumerator may be in two enums.</summary>
    private static string Family(EnumSpec item) => item.Members[0].Name[..item.Members[0].Name.LastIndexOf('_')];

    /// <summary>Some of eight names, in enums without a name that each side divides as it likes.</summary>
    public static readonly Gen<AbiSpec> Nameless =
        from places in Gen.Int[0, 3].Array[8]
        from values in Gen.Int[0, 3].Array[8]
        from wide in Any(false, false, true)
        select AbiOrder.Sorted(new()
        {
            Enums = Enumerable.Range(0, 8).Where(name => places[name] > 0).GroupBy(name => places[name]).Select(names => new EnumSpec
            {
                Type = TypeRef.Integer(wide && names.Key == 1 ? 8 : 4, signed: false),
                Members = names.Select(name => new EnumMemberSpec { Name = "ABCDEFGH"[name].ToString(), Value = values[name] }).ToEquatableArray(),
            }).ToEquatableArray(),
        });

    private static Gen<IoctlSpec> Ioctl(EquatableArray<StructSpec> structs) =>
        from number in Gen.Int[0, 255]
        from direction in Any(IoctlDirection.Read, IoctlDirection.Write, IoctlDirection.ReadWrite)
        from index in Gen.Int[0, 100]
        from wide in Scalar
        let argument = structs.Count == 0 || index % 3 == 0 ? null : structs[index % structs.Count]
        select new IoctlSpec
        {
            Name = $"IOCTL_{number}",
            Direction = argument is null ? IoctlDirection.None : direction,
            Type = 0xAA,
            Number = number,
            Enumerator = index % 7 == 0,
            Size = (int)(argument?.Size ?? 0),
            Argument = argument?.Id ?? wide.ToString(),
            ArgumentType = argument is null ? wide : new(TypeKind.Record, argument.Id, default),
            Code = ((uint)(argument is null ? 0 : direction) << 30) | ((uint)(argument?.Size ?? 0) << 16) | 0xAA00 | (uint)number,
        };

    /// <summary>A record in which an enum's width shows.</summary>
    private static StructSpec Storing(EnumSpec item) => new()
    {
        Name = "stores_enum",
        Size = 4,
        Align = 4,
        Fields = EquatableArray.Of(new FieldSpec { Name = "stored", CType = item.Id, Type = new(TypeKind.Enum, item.Id, default),
            Size = 4 }),
    };

    public static readonly Gen<EquatableArray<MacroSample>> Samples =
        from first in Gen.Long from second in Gen.UInt from count in Gen.Int[0, 2]
        select new MacroSample[]
        {
            new("0,0", TypeRef.Integer(8, signed: true), first), new("1,2", TypeRef.Integer(4, signed: false), second),
        }.Take(count).ToEquatableArray();

    private static readonly Gen<UnresolvedSpec> Lost =
        from name in Name("LOST_") from reason in Text from samples in Samples
        from body in Any("", "{ 1 }", "struct x", "( a , b ) ( a | b )")
        let takesSome = body.StartsWith("( a", StringComparison.Ordinal)
        select new UnresolvedSpec
        {
            Name = name, Kind = takesSome ? "function-like" : "not-constant", Reason = reason, At = "x.h:1", Body = body,
            Samples = takesSome ? samples : default,
        };

    public static readonly Gen<AbiSpec> Spec =
        from structs in Distinct(Struct, item => item.Name, 6)
        from enums in Distinct(Enum, Family, 4)
        from constants in Distinct(Constant, item => item.Name, 8)
        from flags in Distinct(Group("FLAGS"), item => item.Name, 3)
        from events in Distinct(Group("EVENTS"), item => item.Name, 2)
        from ioctls in Distinct(Ioctl(structs), item => item.Name, 5)
        from typedefs in Distinct(from name in Name("type_") from type in Scalar select new TypedefSpec { Name = name, CType = type.ToString(), Type = type, Size = type.ScalarSize }, item => item.Name, 3)
        from unresolved in Distinct(Lost, item => item.Name, 3)
        from drm in Any(false, false, true)
        from shown in Gen.Bool
        let stored = shown && enums.FirstOrDefault(item => item.Name.Length > 0) is { } named ? Storing(named) : null
        select AbiOrder.Sorted(new()
        {
            Header = drm ? "drm/x_drm.h" : "linux/x.h",
            Target = "x86_64-linux-gnu",
            PointerSize = 8,
            Structs = stored is null ? structs : structs.Append(stored).ToEquatableArray(),
            Enums = enums,
            Typedefs = typedefs,
            Constants = constants,
            Flags = flags,
            Events = events,
            Ioctls = drm ? ioctls.Select(ioctl => ioctl with { Type = 'd', Code = (ioctl.Code & 0xffff00ff) | ('d' << 8) })
                .ToEquatableArray() : ioctls,
            Unresolved = unresolved,
            Locations = structs.Select(item => new LocationSpec { Name = item.Id, At = "linux/x.h:7" }).ToEquatableArray(),
        });
}
