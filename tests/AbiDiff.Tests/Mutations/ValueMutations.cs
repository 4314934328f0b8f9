using System.Globalization;
using System.Numerics;
using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Mutations.Mutation;

namespace Faultline.AbiDiff.Tests.Mutations;

/// <summary>Mutations of enums, typedefs, constants and macros without a value.</summary>
internal static class ValueMutations
{
    private static readonly TypeRef S32 = TypeRef.Integer(4, signed: true);

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("enum-added", (spec, _) => spec with { Enums = And(spec.Enums, new EnumSpec { Name = "brand_new" }) }),
        new("enum-retyped", (spec, _) => Stored(spec) is not { } stored ? null : spec with
        {
            Enums = spec.Enums.Select(item => item.Id == stored ? item with { Type = TypeRef.Integer(8, signed: false) } : item)
                .ToEquatableArray(),
        }),
        new("enum-storage-changed",
            (spec, seed) => Enum(item => item with { Type = TypeRef.Integer(8, signed: false) }, item => item.Id != Stored(spec))(spec,
            seed)),
        new("enum-removed", Enum(_ => null)),
        new("enumerator-added", Enum(item => item with { Members = And(item.Members, new EnumMemberSpec { Name = item.Name + "_NEW", Value = 5000 }) })),
        new("enumerator-added", Enum(item => item with { Members = new[] { new EnumMemberSpec { Name = "IN_FRONT", Value = 5000 } }.Concat(item.Members).ToEquatableArray() })),
        new("enumerator-removed", Enum(item => item with { Members = item.Members.Skip(1).ToEquatableArray() }, StaysKnown)),
        new("enumerator-changed", Enum(item => item with { Members = Replace(item.Members, 0, item.Members[0] with { Value = 6000 }) })),
        new("enumerator-renamed", Enum(item => item with { Members = Replace(item.Members, 0, item.Members[0] with { Name = item.Members[0].Name + "_X" }) }, StaysKnown)),
        new("enumerator-value-reused", Enum(item => item with { Members = Replace(item.Members, 0, item.Members[0] with { Name = "UNRELATED" }) }, StaysKnown)),
        new("name-moved", (spec, _) => spec.Enums.Count < 2 || spec.Enums[0].Members.Count < 2
            || spec.Enums[1].Members.Count < 2 ? null : spec with
        {
            Enums = spec.Enums.Skip(2)
                .Prepend(spec.Enums[1] with { Members = spec.Enums[1].Members.Prepend(spec.Enums[0].Members[0]).ToEquatableArray() })
                .Prepend(spec.Enums[0] with { Members = spec.Enums[0].Members.Skip(1).ToEquatableArray() }).ToEquatableArray(),
        }),
        new("became-enumerator", (spec, seed) => Crossed(spec, seed)),
        new("became-macro", (spec, seed) => Crossed(spec, seed)) { Backwards = true },
        new("became-function", (spec, seed) => spec.Constants.Count == 0 ? null : spec with
        {
            Constants = Replace(spec.Constants, seed % spec.Constants.Count, null),
            Unresolved = And(spec.Unresolved,
                new UnresolvedSpec { Name = spec.Constants[seed % spec.Constants.Count].Name, Kind = "declaration" }),
        }),
        new("kept-by-macro", (spec, seed) => Enum(item => item with { Name = "brand_new" }, item => item.Tagged && item.Name.Length > 0
            && item.Id != Stored(spec))(spec, seed) is { } renamed ? renamed with
        {
            Unresolved = And(spec.Unresolved, new UnresolvedSpec
            {
                Name = spec.Enums.Zip(renamed.Enums).First(pair => pair.First != pair.Second).First.Name,
                Kind = "not-an-expression", Body = "brand_new",
            }),
        } : null),
        new("tag-added", Enum(item => item with { Name = "brand_new" }, item => item.Name.Length == 0)),
        new("tag-removed", (spec, seed) => Enum(item => item with { Name = "" }, item => item.Name.Length > 0
            && item.Id != Stored(spec))(spec, seed)),
        new("typedef-added", (spec, _) => spec with { Typedefs = And(spec.Typedefs, new TypedefSpec { Name = "brand_new", CType = "int", Type = S32, Size = 4 }) }),
        new("typedef-removed", Typedef(_ => null)),
        new("typedef-changed", Typedef(item => item with { Type = TypeRef.Pointer })),
        new("typedef-retyped", (spec, seed) => One(spec.Typedefs, seed, item => item.Type.Kind == TypeKind.Integer, item => item with
        {
            Type = TypeRef.Integer(item.Type.ScalarSize, !item.Type.IsSigned) with { Dimensions = item.Type.Dimensions },
        }) is { } retyped ? spec with { Typedefs = retyped } : null),
        new("became-typedef", (spec, _) => spec with
        {
            Unresolved = spec.Unresolved.Where(item => item.Name != "brand_new_t").ToEquatableArray(),
            Typedefs = And(spec.Typedefs, new TypedefSpec { Name = "brand_new_t", CType = "int", Type = S32, Size = 4 }),
        })
        {
            Before = spec => spec with
            {
                Unresolved = And(spec.Unresolved, new UnresolvedSpec { Name = "brand_new_t", Kind = "not-an-expression", Body = "int" }),
            },
        },
        new("constant-added", (spec, _) => spec with { Constants = And(spec.Constants, New("BRAND_NEW")) }),
        new("constant-removed", Constant(_ => true, _ => null)),
        new("constant-renamed", Constant(
            constant => constant.Kind == ValueKind.Integer && constant.Name.Contains('_', StringComparison.Ordinal)
                && !IsMask(constant),
            constant => constant with { Name = constant.Name + "_MORE" })),
        new("reserved-bits-changed", Constant(constant => IsReserved(constant) && !IsMask(constant), constant =>
            constant with { Value = Next(constant) })),
        new("foreign-removed", (spec, _) => spec with { Constants = And(spec.Constants, New("BRAND_S390_NEW")) }) { Backwards = true },
        new("end-marker-moved", Enum(item => item with
        {
            Members = item.Members.SkipLast(1).Append(item.Members[^1] with { Value = item.Members[^1].Value - 1 }).ToEquatableArray(),
        }, HasEnd)),
        new("reserved-number-used", (spec, _) => With(spec, ("SLOT_A", 0), ("SLOT_ERASE", 1)))
        {
            Before = spec => With(spec, ("SLOT_A", 0), ("SLOT_RESERVED", 1)),
        },
        new("end-moved", (spec, _) => With(spec, ("ENDS_A", 0), ("ENDS_END", 1)))
        {
            Before = spec => With(spec, ("ENDS_A", 0), ("ENDS_END", 0)),
        },
        new("version-changed", Constant(IsVersion, constant => constant with { Kind = ValueKind.Integer, Value = Next(constant) })),
        new("constant-changed", Constant(constant => !IsMask(constant)
            && !IsVersion(constant) && !IsReserved(constant),
            constant => constant with { Kind = ValueKind.Integer, Value = Next(constant) })),
        new("constant-retyped", Constant(_ => true, constant => constant with { Type = TypeRef.Integer(constant.Type.ScalarSize, !constant.Type.IsSigned) })),
        new("constant-became-unresolvable", (spec, seed) => spec.Constants.Count == 0 ? null : spec with
        {
            Constants = Replace(spec.Constants, seed % spec.Constants.Count, null),
            Unresolved = And(spec.Unresolved, new UnresolvedSpec { Name = spec.Constants[seed % spec.Constants.Count].Name, Kind = "not-constant" }),
        }),
        GetsValue("constant-became-resolvable", "not-constant"),
        GetsValue("macro-became-constant", "function-like"),
        new("mask-grew", Constant(constant => IsMask(constant) && !IsReserved(constant) && !IsVersion(constant)
            && Absent(constant) is not null, constant =>
             Valued(constant, constant.Integer | Absent(constant)!.Value))),
        new("mask-shrank", Constant(constant => IsMask(constant) && !IsReserved(constant) && !IsVersion(constant)
            && constant.Integer.Sign > 0, constant =>
             Valued(constant, constant.Integer & (constant.Integer - 1)))),
        new("macro-added", (spec, _) => spec with { Unresolved = And(spec.Unresolved, new UnresolvedSpec { Name = "BRAND_NEW", Kind = "function-like", Reason = "it takes arguments" }) }),
        Macro("macro-body-changed", item => item.Body.Length > 0 && item.Kind != "function-like", item => item with { Body = "int" }),
        Macro("macro-value-changed", item => item.Samples.Count > 0, item => item with
        {
            Samples = Replace(item.Samples, 0, item.Samples[0] with { Value = item.Samples[0].Value.IsZero ? 1 : 0 }),
        }),
        Macro("macro-parameters-changed", item => item.Kind == "function-like", item => item with { Body = "( a ) a", Samples = default }),
        new("macro-parameters-widened", (spec, _) => Forwards(spec, "( a , b ... ) f ( a , b )"))
        {
            Before = spec => Forwards(spec, "( a , b ) f ( a , b )"),
        },
        Macro("macro-rewritten", item => item.Samples.Count > 0, item => item with { Body = "( a , b ) ( b | a )" }),
        new("macro-removed", (spec, seed) => spec.Unresolved.Count == 0 ? null : spec with { Unresolved = Replace(spec.Unresolved, seed % spec.Unresolved.Count, null) }),
    ];

    /// <summary>A macro of a kind without a value gets one.</summary>
    private static Mutation GetsValue(string kind, string form) => new(kind, (spec, seed) => spec.Unresolved
        .Select((item, index) => (item, index)).Where(pair => pair.item.Kind == form).ToList() is not { Count: > 0 } found ? null
        : spec with
    {
        Unresolved = Replace(spec.Unresolved, found[seed % found.Count].index, null),
        Constants = And(spec.Constants, New(found[seed % found.Count].item.Name)),
    });

    /// <summary>A model with a macro that goes on to a function.</summary>
    private static AbiSpec Forwards(AbiSpec spec, string body) => spec with
    {
        Unresolved = And(spec.Unresolved.Where(item => item.Name != "FORWARDS").ToEquatableArray(),
            new UnresolvedSpec { Name = "FORWARDS", Kind = "function-like", Reason = "it takes arguments", Body = body }),
    };

    /// <summary>A model with one more enum.</summary>
    private static AbiSpec With(AbiSpec spec, params (string Name, int Value)[] members) => spec with
    {
        Enums = spec.Enums.Where(item => item.Name != "one_more").Append(new EnumSpec
        {
            Name = "one_more",
            Members = members.Select(member => new EnumMemberSpec { Name = member.Name, Value = member.Value }).ToEquatableArray(),
        }).ToEquatableArray(),
    };

    private static Mutation Macro(string kind, Func<UnresolvedSpec, bool> where, Func<UnresolvedSpec, UnresolvedSpec> change) => new(kind,
        (spec, seed) => One(spec.Unresolved, seed, where, change) is { } changed ? spec with { Unresolved = changed } : null);

    private static bool IsReserved(ConstantSpec constant) =>
        constant.Kind == ValueKind.Integer && constant.Name.EndsWith("_RESERVED", StringComparison.Ordinal);

    private static ConstantSpec New(string name) => new() { Name = name, CType = "int", Type = S32, Value = "1" };

    /// <summary>A macro that is a member of an enum.</summary>
    private static AbiSpec? Crossed(AbiSpec spec, int seed)
    {
        var macro = spec.Constants.FirstOrDefault(constant => constant.Kind == ValueKind.Integer);
        return macro is null || spec.Enums.Count == 0 ? null : spec with
        {
            Constants = spec.Constants.Where(constant => constant != macro).ToEquatableArray(),
            Enums = Enum(item => item with { Members = And(item.Members,
                new EnumMemberSpec { Name = macro.Name, Value = macro.Integer }) })(spec, seed)!.Enums,
        };
    }

    /// <summary>The enum that a record has.</summary>
    private static string? Stored(AbiSpec spec) => spec.Structs.FirstOrDefault(record => record.Name == "stores_enum")?.Fields[0].Type.Name;

    private static bool HasEnd(EnumSpec item) => item.Members[^1].Name.EndsWith("_MAX", StringComparison.Ordinal);

    private static bool IsVersion(ConstantSpec constant) => constant.Name.EndsWith("_VERSION", StringComparison.Ordinal);

    private static bool IsMask(ConstantSpec constant) => constant.Kind == ValueKind.Integer && constant.Expression.Contains('|', StringComparison.Ordinal);

    private static ConstantSpec Valued(ConstantSpec constant, BigInteger value) => constant with { Value = value.ToString(CultureInfo.InvariantCulture) };

    /// <summary>The lowest bit that the mask lacks, or null when it is full or negative.</summary>
    private static BigInteger? Absent(ConstantSpec constant)
    {
        if (constant.Integer.Sign < 0)
            return null;
        var bit = BigInteger.One;
        while ((constant.Integer & bit) != 0)
            bit <<= 1;
        return bit;
    }

    private static string Next(ConstantSpec constant) =>
        constant.Kind == ValueKind.Integer ? (constant.Integer + BigInteger.One).ToString(CultureInfo.InvariantCulture) : "1";

    /// <summary>Without its first member an enum is still known: by its name, or by the members left.</summary>
    private static bool StaysKnown(EnumSpec item) => item.Name.Length > 0 || item.Members.Count > 1;

    private static Func<AbiSpec, int, AbiSpec?> Enum(Func<EnumSpec, EnumSpec?> change, Func<EnumSpec, bool>? qualifies = null) => (spec, seed) =>
        One(spec.Enums, seed, qualifies ?? (_ => true), change) is { } changed ? spec with { Enums = changed } : null;

    private static Func<AbiSpec, int, AbiSpec?> Typedef(Func<TypedefSpec, TypedefSpec?> change) => (spec, seed) =>
        One(spec.Typedefs, seed, _ => true, change) is { } changed ? spec with { Typedefs = changed } : null;

    private static Func<AbiSpec, int, AbiSpec?> Constant(Func<ConstantSpec, bool> qualifies, Func<ConstantSpec, ConstantSpec?> change) => (spec, seed) =>
        One(spec.Constants, seed, qualifies, change) is { } changed ? spec with { Constants = changed } : null;
}
