using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>A field as programs see it: members of anonymous members belong to the record around them.</summary>
/// <param name="Bit">Bits from the start of the record the field is named in.</param>
/// <param name="Bits">Its size in bits; 0 for a flexible array.</param>
internal sealed record Place(FieldSpec Field, long Bit, long Bits)
{
    public string Name => Field.Name;

    public string Where => Field.BitWidth is null ? $"offset {Bit / 8}" : $"bit {Bit}";

    public string What => Field.BitWidth is { } width ? $"{Field.CType} : {width}" : Field.CType;

    /// <summary>The named fields of a record. Bit-fields without a name are padding.</summary>
    public static IEnumerable<Place> Of(StructSpec record) => Of(record, 0);

    private static IEnumerable<Place> Of(StructSpec record, long startBit) => record.Fields.SelectMany(field => field switch
    {
        { Name.Length: 0, Inline: { } inline } => Of(inline, startBit + (field.Offset * 8)),
        { Name.Length: 0 } => [],
        { BitWidth: { } width } => [new(field, startBit + (field.BitOffset ?? 0), width)],
        _ => [new Place(field, startBit + (field.Offset * 8), field.Size * 8)],
    });

    public bool Overlaps(Place other) => Bit < other.Bit + other.Bits && other.Bit < Bit + Bits;
}
