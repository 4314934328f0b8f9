using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>A field as programs see it: members of anonymous members belong to the record around them.</summary>
/// <param name="Bit">Bits from the start of the record the field is named in.</param>
/// <param name="Bits">Its size in bits; 0 for a flexible array.</param>
/// <param name="Qualifiers">Those of the anonymous members around it, which are its own to a program.</param>
/// <param name="Overlay">It is a member of an anonymous union, and so shares its bytes with others on purpose.</param>
internal sealed record Place(FieldSpec Field, long Bit, long Bits, bool Overlay, string Qualifiers)
{
    public string Name => Field.Name;

    public string Where => Field.BitWidth is null ? $"offset {Bit / 8}" : $"bit {Bit}";

    public string What => Field.BitWidth is { } width ? $"{Field.CType} : {width}" : Field.CType;

    /// <summary>The type without typedefs, as <see cref="FullType.Of(FieldSpec)"/> has it, with all that qualifies the field.</summary>
    public string? Full => FullType.Of(Field) is { } full ? FullType.Qualified(full, Qualifiers) : null;

    /// <summary>The named fields of a record. Bit-fields without a name are padding.</summary>
    public static IEnumerable<Place> Of(StructSpec record) => Of(record, 0, overlay: false, "");

    private static IEnumerable<Place> Of(StructSpec record, long startBit, bool overlay, string qualifiers) =>
        record.Fields.SelectMany(field => field switch
    {
        { Name.Length: 0, Inline: { } inline } => Of(
            inline, startBit + (field.Offset * 8), overlay || inline.Kind == RecordKind.Union,
                FullType.Own(FullType.Qualified(field.Full, qualifiers))),
        { Name.Length: 0 } => [],
        // What C needs so that an array may be flexible in a union, __DECLARE_FLEX_ARRAY: nothing.
        { Size: 0, Inline.Fields.Count: 0 } => [],
        { BitWidth: { } width } => [new(field, startBit + (field.BitOffset ?? 0), width, overlay, qualifiers)],
        _ => [new Place(field, startBit + (field.Offset * 8), field.Size * 8, overlay, qualifiers)],
    });

    public bool Overlaps(Place other) => Bit < other.Bit + other.Bits && other.Bit < Bit + Bits;
}
