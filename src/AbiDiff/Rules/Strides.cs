using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>How far apart the elements are of an array that has no length: it has no bytes by which it could be compared.</summary>
internal sealed class Strides(AbiSpec old, AbiSpec current, ExtensibleRecords extensible)
{
    /// <summary>Bytes from one element to the next on each side; null when they are the same, or a side does not tell.</summary>
    public (long Old, long New)? Change(FieldSpec was, FieldSpec now)
    {
        if (!IsOpen(was.Type) || !IsOpen(now.Type) || Of(was, old, current) is not { } before || Of(now, current, old) is not { } after)
            return null;
        return before == after || IsToldOfRecord(was, now) ? null : (before, after);
    }

    private static bool IsOpen(TypeRef type) => type.IsArray && type.Length == 0;

    /// <summary>A record that grew is told itself, unless it may: then it does here what it may not.</summary>
    private bool IsToldOfRecord(FieldSpec was, FieldSpec now)
    {
        if (was.Type.Element != now.Type.Element || !was.Type.Dimensions.Skip(1).SequenceEqual(now.Type.Dimensions.Skip(1)))
            return false;
        return Record(was, old, current) is { } before && Record(now, current, old) is { } after
            && !(before.Size < after.Size ? extensible.May(before.Id, before, after) : extensible.May(before.Id, after, before));
    }

    private static StructSpec? Record(FieldSpec field, AbiSpec own, AbiSpec other) =>
        field.Inline ?? own.FindStruct(field.Type) ?? other.FindStruct(field.Type);

    private static long? Of(FieldSpec field, AbiSpec own, AbiSpec other)
    {
        long element = field.Type.Kind switch
        {
            TypeKind.Pointer => own.PointerSize,
            TypeKind.Enum => (own.FindEnum(field.Type) ?? other.FindEnum(field.Type))?.Type.ScalarSize ?? 0,
            TypeKind.Record or TypeKind.Inline => Record(field, own, other)?.Size ?? 0,
            _ => field.Type.ScalarSize,
        };
        return element == 0 ? null : field.Type.Dimensions.Skip(1).Aggregate(element, (bytes, dimension) => bytes * dimension);
    }
}
