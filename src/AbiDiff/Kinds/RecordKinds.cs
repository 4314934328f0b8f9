using static Faultline.AbiDiff.Effect;
using static Faultline.AbiDiff.Severity;

namespace Faultline.AbiDiff.Kinds;

/// <summary>Kinds of drift in structs, unions and their fields.</summary>
public static class RecordKinds
{
    public static readonly ChangeKind StructAdded = new("struct-added", Compatible, Adds, true, true,
        "A struct is new.", "struct uffdio_move", "None needed.");

    public static readonly ChangeKind StructRemoved = new("struct-removed", Breaking, Removes, false, true,
        "A struct is gone.", "struct uffdio_poison deleted", "Keep the definition in the header, even when the kernel ignores it.");

    public static readonly ChangeKind StructResized = new("struct-resized", Breaking, Alters, true, false,
        "sizeof changed: copies of the argument and arrays of it have another stride, and ioctl codes that encode it change.",
        "struct uffdio_continue 24 -> 32", "Add a new struct and a new ioctl, or make the size part of the argument.");

    public static readonly ChangeKind StructRealigned = new("struct-realigned", Risky, Alters, true, true,
        "_Alignof changed: the struct moves inside a program's own structs. What moves inside the header's is told there.",
        "a u64 field became u32", "Keep the alignment with an explicit attribute.");

    public static readonly ChangeKind StructPacking = new("struct-packing-changed", Risky, Alters, true, true,
        "__attribute__((packed)) came or went without moving a field here; it can move fields on another target.",
        "uffd_msg without packed", "Keep the attribute.");

    public static readonly ChangeKind UnionAdded = new("union-added", Compatible, Adds, true, true, "A union is new.", "union bpf_attr", "None needed.");

    public static readonly ChangeKind UnionRemoved = new("union-removed", Breaking, Removes, false, true,
        "A union is gone.", "union bpf_attr deleted", "Keep the definition in the header.");

    public static readonly ChangeKind UnionResized = new("union-resized", Breaking, Alters, true, false,
        "sizeof changed: a member became larger than all others.", "uffd_msg.arg 24 -> 32", "Keep new members within the size of the union; reserve room when you first define one.");

    public static readonly ChangeKind UnionRealigned = new("union-realigned", Risky, Alters, true, true,
        "_Alignof changed: the union moves inside a program's own structs.", "a u64 member among u32",
        "Keep the alignment with an explicit attribute.");

    public static readonly ChangeKind UnionPacking = new("union-packing-changed", Risky, Alters, true, true,
        "__attribute__((packed)) came or went without changing the layout here.", "union without packed", "Keep the attribute.");

    public static readonly ChangeKind UnionMemberAdded = new("union-member-added", Compatible, Adds, true, true,
        "A union has a new member.", "uffd_msg.arg.remap", "None needed while the size stays.");

    public static readonly ChangeKind UnionMemberRemoved = new("union-member-removed", Breaking, Removes, false, true,
        "A union lost a member.", "uffd_msg.arg.reserved", "Keep the member.");

    public static readonly ChangeKind FieldAppended = new("field-appended", Risky, Adds, true, false,
        "A field is new at the end; old programs pass less memory than the kernel may touch.",
        "uffdio_continue.flags after mapped", "Check the size the caller passed (copy_struct_from_user), or use a new ioctl.");

    public static readonly ChangeKind FieldInPadding = new("field-in-padding", Risky, Adds, true, true,
        "A field is new where padding was; old programs may leave garbage there.", "u32 flags in a hole before a u64",
        "Demand a flag before reading it, or make sure that old kernels refused non-zero padding.");

    public static readonly ChangeKind PaddingNamed = new("padding-named", Compatible, Adds, true, true,
        "A reserved field stands where the compiler left padding.", "__u32 pad0 before a u64", "None needed.");

    public static readonly ChangeKind ArrayOpened = new("array-opened", Risky, Alters, false, true,
        "An array of one element is flexible now, and its record is as long as before: only the array's own sizeof is gone.",
        "__le16 wData[1] -> wData[] in a union with __le16",
        "None needed; programs that take sizeof of the array have to name the element.");

    public static readonly ChangeKind FieldInserted = new("field-inserted", Breaking, Adds, true, false,
        "A field is new over bytes that other fields had.", "u32 split into two u16", "Append instead, or use reserved space.");

    public static readonly ChangeKind FieldRemoved = new("field-removed", Breaking, Removes, false, false,
        "A field is gone.", "uffdio_copy.mode deleted", "Rename it to reserved in an anonymous union with its old name.");

    public static readonly ChangeKind FieldMoved = new("field-moved", Breaking, Alters, true, false,
        "offsetof changed, or the first bit of a bit-field.", "uffdio_copy.mode 24 -> 16", "Append new fields; never reorder.");

    public static readonly ChangeKind FieldResized = new("field-resized", Breaking, Alters, true, false,
        "A field has another size, length or bit width, or the elements of an array are further apart or closer.",
        "__u32 flags -> __u64 flags, __u32 items[] -> __u64 items[], __u32 a[4][2] -> a[2][4]", "Add a second field for the high part.");

    public static readonly ChangeKind FieldRetyped = new("field-retyped", Risky, Alters, true, true,
        "A field has another type of the same size: signedness, long or long long, pointer or integer, another struct.",
            "__u64 -> __s64", "Keep the type; cast inside the kernel.");

    public static readonly ChangeKind ArraySpelling = new("array-became-flexible", Compatible, Alters, true, true,
        "An array without elements is flexible now, or the reverse; size and layout are the same.", "__u64 e[0] -> __u64 e[]",
        "None needed.");

    public static readonly ChangeKind ByteOrderChanged = new("byte-order-changed", Breaking, Alters, true, false,
        "A field, a typedef or the argument of an ioctl has the other order of bytes.", "__be32 -> __le32", "Add a new field.");

    public static readonly ChangeKind PointeeChanged = new("pointee-changed", Breaking, Alters, false, false,
        "A field or a typedef points to something of another layout: a record of other fields, a number of another size.",
        "__u32 * -> __u64 *", "Add a second field for the new type.");

    public static readonly ChangeKind FieldReshaped = new("field-reshaped", Risky, Alters, false, true,
        "A field or a typedef of the same bytes became an array, is none any more, or has more or fewer dimensions, so that an index is "
            + "missing or too many; or it became a bit-field, which has no offsetof.",
        "__u32 a -> __u32 a[1], __u8 a -> __u8 a : 8", "Keep the old form next to the new one in an anonymous union.");

    public static readonly ChangeKind QualifierChanged = new("qualifier-changed", Risky, Alters, false, true,
        "const or volatile came or went, of a field, a typedef or what it points to: some assignments are refused or warned of.",
        "char *name -> const char *name", "Keep the qualifiers.");

    public static readonly ChangeKind ConstDropped = new("const-dropped", Compatible, Alters, true, true,
        "A field is itself const no longer: programs may write what they read.", "const __u32 id -> __u32 id",
        "None needed.");

    public static readonly ChangeKind FunctionPointerChanged = new("function-pointer-changed", Breaking, Alters, false, false,
        "A field or a typedef points to a function that takes or gives something else.", "int (*cb)(int) -> int (*cb)(long)",
        "Add a second field for the new form.");

    public static readonly ChangeKind FunctionPointerRetyped = new("function-pointer-retyped", Risky, Alters, false, true,
        "A field or a typedef points to a function whose arguments and result have the same bytes under another sign, const or pointer.",
        "int (*cb)(char *) -> int (*cb)(const char *)", "Keep the types; compilers since gcc 14 refuse to assign one to the other.");

    public static readonly ChangeKind PointerRetyped = new("pointer-retyped", Risky, Alters, false, true,
        "A field or a typedef points to another integer of the same bytes, of which one is long.", "long *p -> long long *p",
        "Keep the type; compilers since gcc 14 refuse to assign one to the other.");

    public static readonly ChangeKind FieldRenamed = new("field-renamed", Risky, Alters, false, true,
        "A field at the same place with the same type has another name.", "reserved1 -> flags", "Keep the old name next to the new one in an anonymous union.");

    public static readonly ChangeKind ReservedUsed = new("reserved-used", Risky, Adds, false, true,
        "Reserved space got fields, and nothing around it moved: old programs may leave garbage there, and lose the reserved name.",
        "__u64 __spare[6] -> mnt_id, __spare[5]",
        "None needed where old kernels refused reserved space that is not zero; else demand a flag before reading the field.");

    public static readonly ChangeKind BecameReserved = new("field-became-reserved", Breaking, Removes, false, false,
        "Fields are gone and their space is reserved.", "uffdio_copy.mode -> reserved",
        "Keep the old name in an anonymous union with the reserved one.");

    public static readonly ChangeKind ReservedReshaped = new("reserved-reshaped", Risky, Alters, false, true,
        "Reserved space has another name, type or size, and nothing else is in it.", "__u64 pad[3] -> __u32 reserved[6]",
        "None needed; only programs that use reserved space by name see it.");

    public static readonly ChangeKind RecordExtended = new("record-extended", Risky, Adds, true, true,
        "A record grew at its end, and its size is told with it: old programs tell the old size, and the kernel takes the rest as zero.",
        "perf_event_attr 128 -> 136: config3",
        "Make sure that zero means the old behaviour, and that a larger record is refused unless its end is zero.");

    public static readonly ChangeKind RecordTruncated = new("record-truncated", Breaking, Removes, false, false,
        "A record whose size is told with it lost its end.", "perf_event_attr 136 -> 128", "Keep the fields; refuse values in them.");

    public static IEnumerable<ChangeKind> All =>
    [
        StructAdded, StructRemoved, StructResized, StructRealigned, StructPacking,
        UnionAdded, UnionRemoved, UnionResized, UnionRealigned, UnionPacking, UnionMemberAdded, UnionMemberRemoved,
        FieldAppended, FieldInPadding, PaddingNamed, ArrayOpened, FieldInserted, FieldRemoved, FieldMoved,
        FieldResized, FieldRetyped, FieldReshaped, ArraySpelling, ByteOrderChanged, PointeeChanged, QualifierChanged, ConstDropped,
        FunctionPointerChanged, FunctionPointerRetyped, PointerRetyped, FieldRenamed,
        ReservedUsed, BecameReserved, ReservedReshaped, RecordExtended, RecordTruncated,
    ];
}
