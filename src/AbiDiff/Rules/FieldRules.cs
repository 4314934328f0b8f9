using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>Drift of the fields of one record. Offsets are compared within the record directly around a field, so a moved record is one change.</summary>
/// <param name="records">The rules for records that are written inside a field.</param>
internal sealed class FieldRules(RecordRules records)
{
    public IEnumerable<AbiChange> Compare(string subject, StructSpec was, StructSpec now)
    {
        var (olds, news) = (Place.Of(was).ToList(), Place.Of(now).ToList());
        var reserved = new ReservedSpace(subject, was, now, olds, news);
        foreach (var change in reserved.Changes)
            yield return change;
        (olds, news) = (reserved.Rest(olds), reserved.Rest(news));
        var pairs = Pairing.ByName(olds, news, place => place.Name).ToList();
        var removed = pairs.Where(pair => pair.New is null).Select(pair => pair.Old!).ToList();
        var added = pairs.Where(pair => pair.Old is null).Select(pair => pair.New!).ToList();

        foreach (var (old, current) in pairs.Where(pair => pair is { Old: not null, New: not null }))
        {
            var hasRoom = (old!.Overlay || (RecordRules.IsUnion(was) && RecordRules.IsUnion(now))) && records.HasRoom(subject, was, now);
            foreach (var change in Altered(Subject.Member(subject, old.Name), old, current!, hasRoom, was.Size == now.Size))
                yield return change;
        }
        foreach (var old in removed)
        {
            if (added.FirstOrDefault(candidate => SamePlaceAndType(old, candidate)) is { } renamed)
            {
                added.Remove(renamed);
                yield return new(RecordKinds.FieldRenamed, Subject.Member(subject, old.Name), old.Name, renamed.Name);
                continue;
            }
            var kind = RecordRules.IsUnion(was) || IsShared(old, news) ? RecordKinds.UnionMemberRemoved : RecordKinds.FieldRemoved;
            yield return new(kind, Subject.Member(subject, old.Name), $"{old.What} at {old.Where}", "");
        }
        foreach (var current in added)
            yield return new(KindOfAddition(was, now, olds, current), Subject.Member(subject, current.Name), "",
                $"{current.What} at {current.Where}");
    }

    private IEnumerable<AbiChange> Altered(string subject, Place old, Place current, bool hasRoom, bool keepsSize)
    {
        if (old.Bit != current.Bit)
            yield return new(RecordKinds.FieldMoved, subject, old.Where, current.Where);
        if (records.Strides.Change(old.Field, current.Field) is { } stride)
        {
            yield return new(RecordKinds.FieldResized, subject, $"{old.What}, {stride.Old} bytes each",
                $"{current.What}, {stride.New} bytes each");
            yield break;
        }
        if (IsToldOfTypedef(old, current))
            yield break;
        if (old.Field.Inline is { } was && current.Field.Inline is { } now)
        {
            if (was.Kind != now.Kind)
                yield return new(RecordKinds.FieldRetyped, subject, was.Kind.ToString().ToLowerInvariant(), now.Kind.ToString().ToLowerInvariant());
            if (old.Field.Type != current.Field.Type)
                yield return new(RecordKinds.FieldResized, subject, old.Field.Type.ToString(), current.Field.Type.ToString());
            foreach (var change in records.Record(subject, was, now, hasRoom))
                yield return change;
            if (was.Kind == now.Kind && Beyond(subject, old, current) is { } qualifiers)
                yield return qualifiers;
            yield break;
        }
        if (IsNamed(old.Field, current.Field) || IsSameAlias(old, current))
            yield break;
        if (old.Field.Type == current.Field.Type && old.Field.BitWidth == current.Field.BitWidth && (old.Bits == current.Bits || old.Field.Type.IsRecord))
        {
            // A record that grew is reported once, as the record.
            if (ByteOrder.Differs(old.Field.CType, current.Field.CType))
                yield return new(RecordKinds.ByteOrderChanged, subject, old.What, current.What);
            else if (records.Unnamed.Compare(subject, UnnamedType.Of(old.Field), UnnamedType.Of(current.Field)) is { } behind)
            {
                foreach (var change in behind)
                    yield return change;
            }
            else if (records.Pointees.Change(old.Field.Pointee, current.Field.Pointee) is { } pointee)
                yield return new(pointee, subject, old.What, current.What);
            else if (Beyond(subject, old, current) is { } beyond)
                yield return beyond;
            yield break;
        }
        yield return (SameBytes(old, current), OnlyLength(old.Field.Type, current.Field.Type)) switch
        {
            (false, _) when keepsSize && IsOpened(old.Field.Type, current.Field.Type) =>
                new(RecordKinds.ArrayOpened, subject, old.What, current.What),
            (false, _) => new(RecordKinds.FieldResized, subject, $"{old.What}, {Size(old)}", $"{current.What}, {Size(current)}"),
            (_, true) => new(RecordKinds.ArraySpelling, subject, old.What, current.What),
            _ when RowsOf(old) is var rows && RowsOf(current) is var rowsNow
                && rows.Count == rowsNow.Count && !rows.SequenceEqual(rowsNow) =>
                new(RecordKinds.FieldResized, subject, $"{old.What}, {rows[0]} bytes each", $"{current.What}, {rowsNow[0]} bytes each"),
            _ when old.Field.Type.Dimensions.Count != current.Field.Type.Dimensions.Count || HasLostAddress(old, current) =>
                new(RecordKinds.FieldReshaped, subject, old.What, current.What),
            _ => new(RecordKinds.FieldRetyped, subject, old.What, current.What),
        };
    }

    /// <summary>What became of a field's type beyond its layout, unless that is told of a typedef.</summary>
    private AbiChange? Beyond(string subject, Place old, Place current)
    {
        var (was, now) = (old.Full, current.Full);
        var isSpelledSame = old.Field.CType == current.Field.CType;
        if (records.LayoutOnly || records.FullTypes.Change(was, now) is not { } kind
            || (isSpelledSame && old.Qualifiers == current.Qualifiers && records.HaveTypedef(old.Field.CType))
            // A typedef of another header has another rank now, or an older model does not tell ranks.
            || (isSpelledSame && FullType.WithoutRanks(was!) == FullType.WithoutRanks(now!)))
            return null;
        var (text, textNow) = FullType.Told(old.Field.CType, current.Field.CType, was, now);
        return new(kind, subject, text, textNow);
    }

    /// <summary>
    /// Whether both sides say the same typedef, of anything but a record with a tag: what became of its layout is told of it.
    /// </summary>
    private bool IsToldOfTypedef(Place old, Place current) => !records.LayoutOnly && old.Field.CType == current.Field.CType
        && old.Field.BitWidth == current.Field.BitWidth && old.Qualifiers == current.Qualifiers && records.HaveTypedef(old.Field.CType);

    /// <summary>
    /// Whether a record without a name was given one, or lost it, and is the same else; that the name is new is told of the
    /// record itself.
    /// </summary>
    private bool IsNamed(FieldSpec old, FieldSpec current) => (old.Inline is null) != (current.Inline is null)
        && old.Type.Dimensions == current.Type.Dimensions
        && records.RecordsOf(old, current) is ({ } was, { } now) && was.Size == now.Size && was.Align == now.Align && SameInside(was, now);

    /// <summary>
    /// Whether both sides say the same typedef, and it names records without a tag that a header gives by other names: what became of
    /// them is told where they stand.
    /// </summary>
    private static bool IsSameAlias(Place old, Place current) => old.Field.CType == current.Field.CType && SameBytes(old, current)
        && IsUntagged(old.Field.Type) && IsUntagged(current.Field.Type) && old.Field.Type.Dimensions.Equals(current.Field.Type.Dimensions);

    private static bool IsUntagged(TypeRef type) => type.IsRecord && type.Name.StartsWith("typedef ", StringComparison.Ordinal);

    /// <summary>How far apart the rows are of an array of several dimensions, the outermost first; nothing for any other.</summary>
    private static List<long> RowsOf(Place place)
    {
        var dimensions = place.Field.Type.Dimensions;
        return [.. Enumerable.Range(1, Math.Max(0, dimensions.Count - 1)).Select(outer =>
            place.Bits / 8 / dimensions.Take(outer).Aggregate(1L, (rows, dimension) => rows * Math.Max(1, dimension)))];
    }

    /// <summary>A bit-field has no address and no offset, be it a whole word; what has both does what one does.</summary>
    private static bool HasLostAddress(Place old, Place current) => old.Field.BitWidth is null && current.Field.BitWidth is not null;

    /// <summary>
    /// Whether the field has the same bytes: as a record or an array of bytes, as one word or several, as a bit-field that is whole bytes.
    /// </summary>
    private static bool SameBytes(Place old, Place current) => old.Bits == current.Bits
        && (old.Bits > 0 || (old.Field.Type.IsArray == current.Field.Type.IsArray));

    /// <summary>An array of no elements and a flexible one are two spellings of the same length.</summary>
    private static bool OnlyLength(TypeRef old, TypeRef current) =>
        old.Element == current.Element && old.IsArray && current.IsArray && old.Length == 0 && current.Length == 0;

    /// <summary>An array of one element that stood for as many as there are, written so since C99; or the way back.</summary>
    private static bool IsOpened(TypeRef old, TypeRef current) => old.Element == current.Element && old.IsArray && current.IsArray
        && (old, current) is ({ Length: 1 }, { IsFlexible: true }) or ({ IsFlexible: true }, { Length: 1 });

    private static string Size(Place place) => place.Bits % 8 == 0 ? $"{place.Bits / 8} bytes" : $"{place.Bits} bits";

    private bool SamePlaceAndType(Place old, Place current) => old.Bit == current.Bit && old.Bits == current.Bits
        && old.Field.BitWidth == current.Field.BitWidth && old.Field.Type == current.Field.Type
        && !ByteOrder.Differs(old.Field.CType, current.Field.CType)
        && records.Pointees.Change(old.Field.Pointee, current.Field.Pointee) is null && SameInside(old.Field.Inline, current.Field.Inline)
        && records.Unnamed.Compare("", UnnamedType.Of(old.Field), UnnamedType.Of(current.Field)) is null or { Count: 0 }
        && Beyond("", old, current) is not { Kind.Severity: Severity.Breaking };

    private bool SameInside(StructSpec? was, StructSpec? now) => was is null || now is null ? was is null && now is null
        : was.Kind == now.Kind && !records.Record("", was, now, hasRoom: false).Any();

    /// <summary>A member of an anonymous union over bytes that other members have: coming or going, it leaves them alone.</summary>
    /// <remarks>One without bytes, a flexible array, is over those that it begins at.</remarks>
    private static bool IsShared(Place member, List<Place> others)
    {
        var seen = member with { Bits = Math.Max(member.Bits, 1) };
        return member.Overlay && others.Exists(other => (other with { Bits = Math.Max(other.Bits, 1) }).Overlaps(seen));
    }

    private static ChangeKind KindOfAddition(StructSpec was, StructSpec now, List<Place> olds, Place added)
    {
        if (RecordRules.IsUnion(was) || RecordRules.IsUnion(now) || IsShared(added, olds))
            return RecordKinds.UnionMemberAdded;
        if (added.Bit >= was.Size * 8)
            return RecordKinds.FieldAppended;
        if (olds.Exists(old => old.Overlaps(added)))
            return RecordKinds.FieldInserted;
        return ReservedName.Is(added.Name) ? RecordKinds.PaddingNamed : RecordKinds.FieldInPadding;
    }
}
