namespace Faultline.AbiModel;

/// <summary>Whether the fields of a record follow or overlay each other.</summary>
public enum RecordKind
{
    Struct,
    Union,
}

/// <summary>One struct or union with its exact layout.</summary>
/// <remarks>Contract: <see cref="Size"/> and <see cref="Align"/> are the C <c>sizeof</c> and <c>_Alignof</c> in bytes; a flexible array adds nothing.</remarks>
public sealed record StructSpec
{
    /// <summary>The tag, or the typedef's name for a record without one, or empty for a record written inside a field.</summary>
    public string Name { get; init; } = "";

    public RecordKind Kind { get; init; }

    /// <summary>False when only a typedef names the record.</summary>
    public bool Tagged { get; init; } = true;

    public long Size { get; init; }

    public int Align { get; init; }

    /// <summary>The record has <c>__attribute__((packed))</c>.</summary>
    public bool Packed { get; init; }

    public EquatableArray<FieldSpec> Fields { get; init; }

    /// <summary>The header that defines the record when it is not the model's own, else empty.</summary>
    public string Origin { get; init; } = "";

    /// <summary><c>const</c>, <c>volatile</c> or both, where the typedef that alone names the record says so; else empty.</summary>
    public string Qualifiers { get; init; } = "";

    public string Doc { get; init; } = "";

    /// <summary>The name a <see cref="TypeRef"/> uses for this record.</summary>
    public string Id => (Tagged ? Kind == RecordKind.Union ? "union " : "struct " : "typedef ") + Name;
}

/// <summary>One member of a struct or union.</summary>
public sealed record FieldSpec
{
    /// <summary>Empty for an anonymous member, whose own members C promotes into the record around it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The type as the header spells it: <c>__u64</c>.</summary>
    public string CType { get; init; } = "";

    public TypeRef Type { get; init; } = TypeRef.Void;

    /// <summary>
    /// What a pointer points to, or the pointers of an array; null for anything else, for a function, or where nobody says.
    /// </summary>
    public TypeRef? Pointee { get; init; }

    /// <summary>
    /// The type without its typedefs where <see cref="Type"/> and <see cref="Pointee"/> leave something out: <c>const s8 *</c>,
    /// <c>volatile u32</c>, <c>s32 (u16) *</c> for a pointer to a function. Empty where they tell it all, or where nobody says.
    /// </summary>
    public string Full { get; init; } = "";

    /// <summary>Bytes from the start of the record directly around the field; for a bit-field, of the byte its first bit is in.</summary>
    public long Offset { get; init; }

    /// <summary>Bytes; 0 for a flexible array.</summary>
    public long Size { get; init; }

    /// <summary>The place of a bit-field in bits from the start of the record; null for other fields.</summary>
    public long? BitOffset { get; init; }

    /// <summary>The width of a bit-field in bits; null for other fields.</summary>
    public int? BitWidth { get; init; }

    /// <summary>The record written inside this field, when its type has no name.</summary>
    public StructSpec? Inline { get; init; }

    /// <summary>
    /// The records without a name behind pointers of the type, in the order in which <see cref="Full"/> has a <c>{...}</c> for each. Empty
    /// where a typedef of the same header has them, or where nobody says.
    /// </summary>
    public EquatableArray<StructSpec> Unnamed { get; init; }

    public string Doc { get; init; } = "";
}
