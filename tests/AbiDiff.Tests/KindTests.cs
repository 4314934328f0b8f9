using Faultline.AbiDiff.Kinds;
using Faultline.AbiDiff.Reports;
using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>One small pair of models for each kind; what each must give.</summary>
public sealed class KindTests
{
    private static AbiSpec Stores(AbiSpec spec) =>
        spec with { Structs = Struct(4, 4, Field("a", new(TypeKind.Enum, "enum e", default), 0) with { Size = 4 }).Structs };

    private static AbiSpec Calls(string full) => Struct(8, 8, Field("cb", TypeRef.Pointer, 0) with { Size = 8, Full = full });

    private static AbiSpec Takes(TypeRef argument, string spelling = "") => Ioctl("A", size: 4) is var spec
        ? spec with { Ioctls = EquatableArray.Of(spec.Ioctls[0] with { ArgumentType = argument, Argument = spelling }) }
        : spec;

    private static readonly TypeRef F64 = new(TypeKind.Float, "f64", default);

    private static AbiSpec Function(string body) => Lost("f", "declaration", body);

    private static AbiSpec OfOrder(string order) =>
        new() { Typedefs = EquatableArray.Of(new TypedefSpec { Name = "t", CType = "__" + order, Type = U32, Size = 4 }) };

    private static readonly (string Kinds, AbiSpec Old, AbiSpec New)[] Cases =
    [
        ("struct-added", new(), Struct(4, 4)),
        ("struct-removed", Struct(4, 4), new()),
        ("struct-resized", Struct(4, 4), Struct(8, 4)),
        ("struct-realigned", Struct(8, 4), Struct(8, 8)),
        ("struct-packing-changed", Struct(8, 4), Records(new StructSpec { Name = "s", Size = 8, Align = 4, Packed = true })),
        ("union-added", new(), Union(4)),
        ("union-removed", Union(4), new()),
        ("union-resized", Union(4), Union(8)),
        ("union-realigned", Union(8), Records(new StructSpec { Name = "u", Kind = RecordKind.Union, Size = 8, Align = 8 })),
        ("union-packing-changed", Union(4), Records(new StructSpec { Name = "u", Kind = RecordKind.Union, Size = 4, Align = 4, Packed = true })),
        ("union-member-added", Union(8, Field("a", U64, 0)), Union(8, Field("a", U64, 0), Field("b", U32, 0))),
        ("union-member-removed", Union(8, Field("a", U64, 0), Field("b", U32, 0)), Union(8, Field("a", U64, 0))),
        ("field-appended struct-resized", Struct(8, 8, Field("a", U64, 0)), Struct(16, 8, Field("a", U64, 0), Field("b", U64, 8))),
        ("field-in-padding", Struct(16, 8, Field("a", U32, 0), Field("b", U64, 8)),
            Struct(16, 8, Field("a", U32, 0), Field("flags", U32, 4), Field("b", U64, 8))),
        ("padding-named", Struct(16, 8, Field("a", U32, 0), Field("b", U64, 8)),
            Struct(16, 8, Field("a", U32, 0), Field("pad0", U32, 4), Field("b", U64, 8))),
        ("field-inserted", Struct(8, 8, Field("a", U64, 0)), Struct(8, 8, Field("a", U64, 0), Field("b", U32, 4))),
        ("field-removed", Struct(8, 4, Field("a", U32, 0), Field("b", U32, 4)), Struct(8, 4, Field("a", U32, 0))),
        ("field-moved", Struct(16, 4, Field("a", U32, 0)), Struct(16, 4, Field("a", U32, 8))),
        ("field-moved", Struct(4, 4, Bits("a", 0, 3)), Struct(4, 4, Bits("a", 4, 3))),
        ("field-resized", Struct(4, 4, Bits("a", 0, 3)), Struct(4, 4, Bits("a", 0, 4))),
        ("field-resized", Struct(8, 8, Field("a", U32, 0)), Struct(8, 8, Field("a", U64, 0))),
        ("field-resized", Struct(16, 8, Field("a", U32 with { Dimensions = EquatableArray.Of(2L) }, 0)), Struct(16, 8, Field("a", U32 with { Dimensions = EquatableArray.Of(3L) }, 0))),
        ("field-retyped", Struct(4, 4, Field("a", U32, 0)), Struct(4, 4, Field("a", TypeRef.Integer(4, signed: true), 0))),
        ("field-reshaped", Struct(4, 4, Field("a", U32, 0)), Struct(4, 4, Field("a", U32 with { Dimensions = EquatableArray.Of(1L) }, 0))),
        ("qualifier-changed", Struct(4, 4, Field("a", U32, 0)), Struct(4, 4, Field("a", U32, 0) with { Full = "const u32" })),
        ("const-dropped", Struct(4, 4, Field("a", U32, 0) with { Full = "const u32" }), Struct(4, 4, Field("a", U32, 0))),
        ("function-pointer-changed", Calls("s32 (s32) *"), Calls("s32 (s64) *")),
        ("function-pointer-retyped", Calls("s32 (s32) *"), Calls("s32 (u32) *")),
        ("pointer-retyped",
            Struct(8, 8, Field("a", TypeRef.Pointer, 0) with { Size = 8, CType = "unsigned long *", Pointee = U64, Full = "u64l *" }),
            Struct(8, 8, Field("a", TypeRef.Pointer, 0) with { Size = 8, CType = "__u64 *", Pointee = U64 })),
        ("field-renamed", Struct(4, 4, Field("mode", U32, 0)), Struct(4, 4, Field("flags", U32, 0))),
        ("", Struct(4, 4, Field("a", U32, 0)), Struct(4, 4, Field("a", U32, 0) with { CType = "__u32", Doc = "new words" })),
        ("", Struct(4, 4, Field("a", U32, 0)), Struct(4, 4, Inline("", new() { Kind = RecordKind.Union, Size = 4, Align = 4, Fields = EquatableArray.Of(Field("a", U32, 0)) }))),
        ("field-moved", Struct(32, 4, Inline("arg", new() { Size = 8, Align = 4, Fields = EquatableArray.Of(Field("a", U32, 0), Field("b", U32, 4)) }, 0)),
            Struct(32, 4, Inline("arg", new() { Size = 8, Align = 4, Fields = EquatableArray.Of(Field("a", U32, 0), Field("b", U32, 4)) }, 8))),
        ("union-member-added", Struct(8, 4, Inline("arg", new() { Kind = RecordKind.Union, Size = 8, Align = 4, Fields = EquatableArray.Of(Field("a", U64, 0)) })),
            Struct(8, 4, Inline("arg", new() { Kind = RecordKind.Union, Size = 8, Align = 4, Fields = EquatableArray.Of(Field("a", U64, 0), Field("b", U32, 0)) }))),
        // Members of an anonymous union share bytes on purpose: kvm_run grows that way.
        ("union-member-added", Struct(16, 8, Overlay(Field("a", U64, 0))), Struct(16, 8, Overlay(Field("a", U64, 0), Field("b", U32, 0)))),
        ("union-member-removed", Struct(16, 8, Overlay(Field("a", U64, 0), Field("b", U32, 0))), Struct(16, 8, Overlay(Field("a", U64, 0)))),
        ("field-removed", Struct(16, 8, Overlay(Field("a", U64, 0)), Field("c", U64, 8)), Struct(16, 8, Field("c", U64, 8))),
        ("field-inserted", Struct(16, 8, Field("a", U64, 0)), Struct(16, 8, Field("a", U64, 0), Field("b", U32, 4))),
        ("array-became-flexible", Struct(4, 4, Field("a", U32 with { Dimensions = EquatableArray.Of(0L) }, 4)),
            Struct(4, 4, Field("a", U32 with { Dimensions = EquatableArray.Of(TypeRef.Flexible) }, 4))),
        ("union-member-added", Struct(4, 4, Inline("", View(Field("a", U32, 0)))), Struct(4, 4, Inline("", View(Field("a", U32, 0), Field("b", U32, 0))))),
        ("union-member-added", Struct(4, 4, Field("a", U32, 0)), Struct(4, 4, Inline("", View(Field("a", U32, 0), Field("alias", U32, 0))))),
        ("union-member-removed", Struct(4, 4, Inline("", View(Field("a", U32, 0), Field("b", U32, 0)))), Struct(4, 4, Inline("", View(Field("a", U32, 0))))),
        ("field-appended struct-resized union-member-added", Struct(4, 4, Inline("", View(Field("a", U32, 0)))),
            Struct(8, 4, Inline("", View(Field("a", U32, 0), Field("b", U32, 0))), Field("c", U32, 4))),
        ("field-retyped", Struct(4, 4, Inline("arg", View(Field("a", U32, 0)))), Struct(4, 4, Inline("arg", View(Field("a", U32, 0)) with { Kind = RecordKind.Struct }))),
        ("reserved-used", Struct(4, 4, Field("reserved", U32, 0)), Struct(4, 4, Field("flags", U32, 0))),
        ("field-became-reserved", Struct(4, 4, Field("flags", U32, 0)), Struct(4, 4, Field("reserved", U32, 0))),
        ("reserved-reshaped", Struct(4, 4, Field("pad", U32, 0)), Struct(4, 4, Field("reserved", U32, 0))),
        ("record-extended", Struct(8, 4, Field("size", U32, 0), Field("a", U32, 4)),
            Struct(12, 4, Field("size", U32, 0), Field("a", U32, 4), Field("b", U32, 8))),
        ("record-truncated", Struct(12, 4, Field("size", U32, 0), Field("a", U32, 4), Field("b", U32, 8)),
            Struct(8, 4, Field("size", U32, 0), Field("a", U32, 4))),
        ("ioctl-size-negotiated", Ioctl("A", magic: 'd') with { Header = "drm/x_drm.h" },
            Ioctl("A", size: 16, magic: 'd') with { Header = "drm/x_drm.h" }),
        ("enum-added", new(), Enum(U32, ("A", 1))),
        ("enum-removed", Enum(U32, ("A", 1)), new()),
        ("enum-storage-changed", Enum(U32, ("A", 1)), Enum(U64, ("A", 1))),
        ("enum-retyped", Stores(Enum(U32, ("A", 1))), Stores(Enum(U64, ("A", 1)))),
        ("byte-order-changed", Struct(4, 4, Field("a", U32, 0) with { CType = "__be32" }),
            Struct(4, 4, Field("a", U32, 0) with { CType = "__le32" })),
        ("ioctl-argument-retyped", Takes(U32), Takes(S32)),
        ("enumerator-added", Enum(U32, ("A", 1)), Enum(U32, ("A", 1), ("B", 2))),
        ("enumerator-removed", Enum(U32, ("A", 1), ("B", 2)), Enum(U32, ("A", 1))),
        ("enumerator-changed", Enum(U32, ("A", 1)), Enum(U32, ("A", 2))),
        ("enumerator-renamed", Enum(U32, ("OP_READ", 1)), Enum(U32, ("OP_READ_ONCE", 1))),
        ("enumerator-value-reused", Enum(U32, ("OP_READ", 3)), Enum(U32, ("OP_ERASE", 3))),
        // What most names begin with relates none of them.
        ("enumerator-value-reused", Enum(U32, ("NFT_SET_OP_READ", 1), ("NFT_SET_OP_WRITE", 2), ("NUM_NFT_SET_OP", 3)),
            Enum(U32, ("NFT_SET_OP_READ", 1), ("NFT_SET_OP_ERASE", 2), ("NUM_NFT_SET_OP", 3))),
        ("enumerator-changed enumerator-value-reused", Enum(U32, ("A", 1), ("C", 2), ("D", 3)), Enum(U32, ("A", 1), ("B", 2), ("C", 4), ("D", 3))),
        ("enumerator-added enumerator-removed", Enum(U32, ("OLD", 1), ("KEPT", 1)), Enum(U32, ("KEPT", 1), ("NEW", 1))),
        ("enumerator-renamed enumerator-renamed", Enum(U32, ("OP_A_B", 1), ("OP_C_D", 1)), Enum(U32, ("OP_C_D_E", 1), ("OP_B_A", 1))),
        // The end of an enum goes on to the next value by design.
        ("end-marker-moved enumerator-added", Enum(U32, ("A", 1), ("MAX", 2)), Enum(U32, ("A", 1), ("B", 2), ("MAX", 3))),
        ("end-moved enumerator-added", Enum(U32, ("X_A", 0), ("X_END", 1)), Enum(U32, ("X_A", 0), ("X_B", 1), ("X_END", 2))),
        ("end-marker-moved end-marker-moved enumerator-added", Enum(U32, ("X_A", 1), ("__X_AFTER", 2), ("X_MAX", 1)),
            Enum(U32, ("X_A", 1), ("X_B", 2), ("__X_AFTER", 3), ("X_MAX", 2))),
        ("end-marker-moved enumerator-added", Enum(U32, ("PERF_COUNT_A", 0), ("PERF_COUNT_LAST", 1)),
            Enum(U32, ("PERF_COUNT_A", 0), ("PERF_COUNT_B", 1), ("PERF_COUNT_LAST", 2))),
        ("enumerator-added enumerator-removed", Enum(U32, ("X_A", 1), ("X_MAX", 2)), Enum(U32, ("X_A", 1), ("X_B", 2))),
        ("enumerator-renamed", Enum(U32, ("X_A", 1), ("X_MAX", 2)), Enum(U32, ("X_A", 1), ("__X_MAX", 2))),
        ("enumerator-value-reused", Enum(U32, ("X_A", 1), ("X_B", 2), ("X_MAX", 2)), Enum(U32, ("X_A", 1), ("X_C", 2), ("X_MAX", 2))),
        // A word of a counter in the middle of an enum is no counter.
        ("enumerator-value-reused", Enum(U32, ("X_COUNT", 1), ("X_Z", 2)), Enum(U32, ("X_ERASE", 1), ("X_Z", 2))),
        ("enumerator-changed enumerator-value-reused", Enum(U32, ("PERF_COUNT_A", 1), ("PERF_COUNT_B", 2)), Enum(U32, ("PERF_COUNT_A", 1), ("PERF_COUNT_B", 3), ("PERF_COUNT_C", 2))),
        // An enum that nobody names is known by its members, not by the first of them.
        ("enumerator-added", Nameless([("A", 1), ("B", 2)]), Nameless([("Z", 0), ("A", 1), ("B", 2)])),
        ("enumerator-added enumerator-changed enumerator-changed", Nameless([("A", 0), ("B", 1)]), Nameless([("Z", 9), ("A", 1), ("B", 2)])),
        ("enumerator-removed", Nameless([("A", 1), ("B", 2)]), Nameless([("B", 2)])),
        ("enumerator-removed", Nameless([("A", 1), ("B", 2)], [("C", 3), ("D", 4), ("E", 5)]), Nameless([("D", 4), ("E", 5)], [("A", 1), ("B", 2)])),
        ("name-moved", Nameless([("A", 1), ("B", 2)], [("C", 3), ("D", 4), ("E", 5)]),
            Nameless([("A", 1), ("B", 2), ("C", 3)], [("D", 4), ("E", 5)])),
        ("enum-added enum-removed", Nameless([("A", 1)]), Nameless([("B", 1)])),
        ("enum-storage-changed enumerator-added", Nameless([("A", 1)]), Enums(Members("", U64, [("Z", 0), ("A", 1)]))),
        ("", Nameless([]), Nameless([])),
        ("became-enumerator", Enum(U32, ("A", 1)) with { Constants = EquatableArray.Of(Constant("B", "2")) },
            Enum(U32, ("A", 1), ("B", 2))),
        ("became-macro", Enum(U32, ("A", 1), ("B", 2)), Enum(U32, ("A", 1)) with { Constants = EquatableArray.Of(Constant("B", "2")) }),
        ("became-function", Constants(Constant("A", "1")), Lost("A", "declaration")),
        ("kept-by-macro", Enum(U32, ("A", 1)), Enums(Members("f", U32, [("A", 1)])) with
        {
            Unresolved = Lost("e", "not-an-expression", "f").Unresolved,
        }),
        ("tag-added", Nameless([("A", 1)]), Enum(U32, ("A", 1))),
        ("tag-removed", Enum(U32, ("A", 1)), Nameless([("A", 1)])),
        ("typedef-added", new(), Typedef(U32)),
        ("typedef-removed", Typedef(U32), new()),
        ("typedef-changed", Typedef(U32), Typedef(U64)),
        ("typedef-retyped", Typedef(U32), Typedef(S32)),
        ("became-typedef", Lost("t", "not-an-expression", "u32"), Typedef(U32)),
        ("became-typedef macro-body-changed", Lost("t", "not-an-expression", "u32"), Typedef(U64)),
        ("enum-storage-changed", Stores(Enum(U32, ("A", 1))), Stores(Enum(S32, ("A", 1)))),
        ("constant-retyped", Constants(Constant("A", "3")), Constants(Constant("A", "3") with { Kind = ValueKind.Float, Type = F64 })),
        ("constant-changed", Constants(Constant("A", "3")), Constants(Constant("A", "3.5") with { Kind = ValueKind.Float, Type = F64 })),
        ("constant-changed", Constants(Constant("A", "3")), Constants(Constant("A", "3") with { Kind = ValueKind.String, Type = F64 })),
        ("constant-added", new(), Constants(Constant("A", "1"))),
        ("constant-removed", Constants(Constant("A", "1")), new()),
        ("constant-changed", Constants(Constant("A", "1")), Constants(Constant("A", "2"))),
        ("constant-changed", Constants(Constant("A", "1")), Constants(Constant("A", "1") with { Kind = ValueKind.String })),
        ("version-changed", Constants(Constant("X_VERSION", "1")), Constants(Constant("X_VERSION", "2"))),
        ("constant-retyped", Constants(Constant("A", "1")), Constants(Constant("A", "1", U64))),
        ("", Constants(Constant("A", "3", expression: "(1 | 2)")), Constants(Constant("A", "3", expression: "3"))),
        ("constant-became-unresolvable", Constants(Constant("A", "1")), Lost("A")),
        ("constant-became-resolvable", Lost("A", "not-constant"), Constants(Constant("A", "1"))),
        ("macro-became-constant", Lost("A"), Constants(Constant("A", "1"))),
        ("mask-grew", Constants(Constant("A", "3", expression: "(B | C)")), Constants(Constant("A", "7", expression: "(B | C | D)"))),
        ("mask-shrank", Constants(Constant("A", "7", expression: "(B | C | D)")), Constants(Constant("A", "3", expression: "(B | C)"))),
        ("mask-shrank", Constants(Constant("A", "3", expression: "(B | C)")), Constants(Constant("A", "5", expression: "(B | D)"))),
        ("macro-added", new(), Lost("A")),
        ("macro-removed", Lost("A"), new()),
        ("macro-body-changed", Lost("A", body: "( x ) x"), Lost("A", body: "( x ) ( x + 1 )")),
        ("constant-renamed", Constants(Constant("X_VALID_BIT", "1902")), Constants(Constant("X_VALID_BIT_DEPTH", "1902"))),
        ("constant-added constant-removed", Constants(Constant("X_VALID_BIT", "1902")), Constants(Constant("X_VALID_BIT_DEPTH", "1903"))),
        ("constant-added constant-removed", Constants(Constant("X_VALID_BIT", "1902")), Constants(Constant("X_VALID_BITS", "1902"))),
        ("constant-added constant-added constant-removed", Constants(Constant("X_A", "1")),
            Constants(Constant("X_A_B", "1"), Constant("X_A_C", "1"))),
        ("reserved-number-used", Enum(U32, ("A_A", 1), ("A_RESERVED", 2)), Enum(U32, ("A_A", 1), ("A_ERASE", 2))),
        ("reserved-bits-changed", Constants(Constant("X_CAP_RESERVED", "240")), Constants(Constant("X_CAP_RESERVED", "224"))),
        ("array-opened", Struct(4, 4, Field("a", U32 with { Dimensions = EquatableArray.Of(1L) }, 0)),
            Struct(4, 4, Field("a", U32 with { Dimensions = EquatableArray.Of(TypeRef.Flexible) }, 0) with { Size = 0 })),
        ("pointee-changed", Struct(8, 8, Field("a", TypeRef.Pointer, 0) with { Size = 8, Pointee = U32 }),
            Struct(8, 8, Field("a", TypeRef.Pointer, 0) with { Size = 8, Pointee = U64 })),
        ("byte-order-changed", OfOrder("be32"), OfOrder("le32")),
        ("byte-order-changed", Takes(U32, "__be32"), Takes(U32, "__le32")),
        ("", Takes(U32, "__be32"), Takes(U32, "__u32")),
        ("foreign-removed", Constants(Constant("KVM_S390_X", "1")) with { Target = "x86_64-linux-gnu" },
            new() { Target = "x86_64-linux-gnu" }),
        ("macro-value-changed", Lost("A", body: "( x ) x", samples: "1=s32:1"), Lost("A", body: "( x ) ( x + 1 )", samples: "1=s32:2")),
        ("macro-rewritten", Lost("A", body: "( x ) x", samples: "1=s32:1"), Lost("A", body: "( x ) ( x )", samples: "1=s32:1")),
        ("macro-parameters-widened", Lost("A", body: "( x ) f ( x )"), Lost("A", body: "( ... ) f ( __VA_ARGS__ )")),
        ("macro-parameters-changed", Lost("A", body: "( x ) x"), Lost("A", body: "( x , y ) x")),
        ("", new(), Lost("helper", "declaration")),
        ("flag-added", Flags(), Flags(Constant("X_FLAG_A", "1"))),
        ("flag-removed", Flags(Constant("X_FLAG_A", "1")), Flags()),
        ("flag-moved", Flags(Constant("X_FLAG_A", "1")), Flags(Constant("X_FLAG_A", "2"))),
        ("flag-renamed", Flags(Constant("X_FLAG_WP_ALL", "1")), Flags(Constant("X_FLAG_WP_ALL_V2", "1"))),
        ("flag-bit-reused", Flags(Constant("X_FLAG_A", "1")), Flags(Constant("X_FLAG_B", "1"))),
        ("flag-bit-reused flag-moved", Flags(Constant("X_FLAG_A", "1")), Flags(Constant("X_FLAG_A", "2"), Constant("X_FLAG_B", "1"))),
        ("flag-added", Flags(Constant("X_FLAG_A", "1")), Flags(Constant("X_FLAG_A", "1"), Constant("X_FLAG_ALIAS", "1"))),
        ("flag-retyped", Flags(Constant("X_FLAG_A", "1")), Flags(Constant("X_FLAG_A", "1", U64))),
        ("", Constants(Constant("X_FLAG_A", "1")), Flags(Constant("X_FLAG_A", "1"))),
        ("event-added", Events(), Events(Constant("X_EVENT_A", "1"))),
        ("event-removed", Events(Constant("X_EVENT_A", "1")), Events()),
        ("event-changed", Events(Constant("X_EVENT_A", "1")), Events(Constant("X_EVENT_A", "2"))),
        ("event-renamed", Events(Constant("X_EVENT_A_B", "1")), Events(Constant("X_EVENT_A_B_C", "1"))),
        ("event-number-reused", Events(Constant("X_EVENT_A", "1")), Events(Constant("X_EVENT_B", "1"))),
        ("event-retyped", Events(Constant("X_EVENT_A", "1")), Events(Constant("X_EVENT_A", "1", U64))),
        ("function-added", new(), Function("u16 (u16)")),
        ("function-removed", Function("u16 (u16)"), new()),
        ("function-signature-changed", Function("u16 (u16)"), Function("u16 (u16 *)")),
        ("function-retyped", Function("u16 (u16)"), Function("u16 (u32)")),
        ("function-body-removed", Function("u16 () { return 1 ; }"), Function("u16 ()")),
        ("function-body-changed", Function("u16 () { return 1 ; }"), Function("u16 () { return 2 ; }")),
        ("function-became-macro", Function("u16 (u16)"), Lost("f")),
        ("ioctl-added", new(), Ioctl("A")),
        ("ioctl-removed", Ioctl("A"), new()),
        ("ioctl-respelled", Ioctl("A", code: 0x5401), Constants(Constant("A", "21505"))),
        ("ioctl-respelled", Flags(Constant("X_FLAG_A", "21505")), Ioctl("X_FLAG_A", code: 0x5401)),
        ("constant-changed", Ioctl("A", code: 0x5401), Constants(Constant("A", "21506"))),
        ("ioctl-renamed", Ioctl("X_A"), Ioctl("X_A_V2")),
        ("ioctl-number-reused", Ioctl("X_A"), Ioctl("X_B")),
        ("ioctl-number-reused", Ioctl("X_A"), Ioctl("X_A_V2", size: 16)),
        ("ioctl-number-changed", Ioctl("A"), Ioctl("A", number: 2)),
        ("ioctl-direction-changed", Ioctl("A"), Ioctl("A", direction: IoctlDirection.ReadWrite)),
        ("ioctl-size-changed", Ioctl("A"), Ioctl("A", size: 16)),
        ("ioctl-argument-changed", Ioctl("A"), Ioctl("A", argument: "struct b")),
        ("ioctl-encoding-changed", Ioctl("A"), Ioctl("A", code: 7)),
        ("ioctl-became-unresolvable", Ioctl("A"), Lost("A", "not-constant")),
        ("ioctl-became-resolvable", Lost("A", "not-constant"), Ioctl("A")),
        ("target-changed", new(), new() { Target = "i386-linux-gnu" }),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Change_has_its_kind(int number)
    {
        var (kinds, old, current) = Cases[number];
        Assert.Equal(kinds.Split(' ', StringSplitOptions.RemoveEmptyEntries), AbiDiffer.Compare(old, current).Select(change => change.Kind.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_has_a_case() =>
        Assert.Equal(ChangeKinds.All.Select(kind => kind.Id).Order(StringComparer.Ordinal), Cases.SelectMany(item => item.Kinds.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Concat(HeaderKinds.All.Select(kind => kind.Id)).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Header_on_one_side_only_is_one_change()
    {
        var side = new AbiSide("side", Struct(4, 4));
        Assert.Equal("header-added", Assert.Single(AbiDiffer.Compare(new AbiPair("h.h", null, side), out _)).Kind.Id);
        Assert.Equal("header-removed", Assert.Single(AbiDiffer.Compare(new AbiPair("h.h", side, null), out _)).Kind.Id);
    }

    [Fact]
    public void Header_that_compiles_on_one_side_only_is_one_change()
    {
        const string Error = "h.h:1:1: unknown type name";
        var side = new AbiSide("side", Struct(4, 4));
        var lost = new AbiPair("h.h", side, null) { NewError = Error };
        Assert.Equal("header-became-unreadable h.h: compiles -> " + Error, Assert.Single(AbiDiffer.Compare(lost, out _)).ToString());
        Assert.Equal("header-became-readable h.h: " + Error + " -> compiles", Assert.Single(AbiDiffer.Compare(new AbiPair("h.h", null, side) { OldError = Error }, out _)).ToString());
        Assert.True(DriftReport.Of("old", "new", [lost]).IsOver(Severity.Breaking));
    }

    [Fact]
    public void Header_that_never_compiled_is_not_compared_and_may_still_come_and_go()
    {
        const string Error = "h.h:1:1: unknown type name";
        Assert.Empty(AbiDiffer.Compare(new AbiPair("h.h", null, null) { OldError = Error, NewError = Error }, out var omitted));
        Assert.Equal(("h.h", Error), (Assert.Single(omitted).What, omitted[0].Because));
        Assert.Equal("header-added", Assert.Single(AbiDiffer.Compare(new AbiPair("h.h", null, null) { NewError = Error }, out _)).Kind.Id);
        Assert.Equal("header-removed", Assert.Single(AbiDiffer.Compare(new AbiPair("h.h", null, null) { OldError = Error }, out _)).Kind.Id);
    }

    [Fact]
    public void Severity_follows_from_the_two_compatibilities() => Assert.All(ChangeKinds.All, kind =>
    {
        // Breaking needs a broken program; compatible forbids one.
        Assert.True(kind.Severity != Severity.Compatible || (kind.SourceCompatible && kind.BinaryCompatible), kind.Id);
        Assert.True(kind.Severity != Severity.Breaking || !kind.SourceCompatible || !kind.BinaryCompatible, kind.Id);
    });

    [Fact]
    public void Ids_are_unique() => Assert.Equal(ChangeKinds.All.Count, ChangeKinds.All.Select(kind => kind.Id).Distinct().Count());
}
