using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>What fields of both sides point to.</summary>
/// <param name="sameRecord">Whether two records of other names have the same layout.</param>
/// <param name="layoutOnly">Whether layout alone counts now, and names do not.</param>
internal sealed class Pointees(Func<TypeRef, TypeRef, bool> sameRecord, Func<bool> layoutOnly)
{
    /// <summary>
    /// The kind of change from one to the other; null when they are the same, or a side does not tell. A record of one name is
    /// compared where it stands.
    /// </summary>
    public ChangeKind? Change(TypeRef? was, TypeRef? now)
    {
        if (was is null || now is null || was == now)
            return null;
        if (IsOtherStep(was, now))
            return RecordKinds.PointeeChanged;
        if (IsAnything(was) || IsAnything(now))
            return RecordKinds.FieldRetyped;
        if (!AreAlike(was, now))
            return RecordKinds.PointeeChanged;
        return was.IsRecord && layoutOnly() ? null : RecordKinds.FieldRetyped;
    }

    /// <summary>Nothing is said of what is there: bytes.</summary>
    public static bool IsAnything(TypeRef type) => type.Kind == TypeKind.Void || type is { Kind: TypeKind.Integer, ScalarSize: 1 };

    /// <summary>
    /// Whether the next thing is elsewhere: bytes may be anything, but neither the pointers that the other side has nor rows of so many.
    /// An array without a length is one of any.
    /// </summary>
    private static bool IsOtherStep(TypeRef was, TypeRef now)
    {
        if (was.Kind == TypeKind.Void || now.Kind == TypeKind.Void)
            return false;
        if ((was.Kind == TypeKind.Pointer) != (now.Kind == TypeKind.Pointer))
            return true;
        var areSame = was.Dimensions.Equals(now.Dimensions) || (was.IsFlexible || now.IsFlexible)
            && was.Dimensions.Skip(1).SequenceEqual(now.Dimensions.Skip(1)) && was.IsArray && now.IsArray;
        return !areSame && (was.ScalarSize == now.ScalarSize || (!IsAnything(was) && !IsAnything(now)));
    }

    private bool AreAlike(TypeRef was, TypeRef now) => (was.Kind, now.Kind) switch
    {
        (TypeKind.Integer, TypeKind.Integer) => was.ScalarSize == now.ScalarSize,
        // An enum's width is told where it stands.
        (TypeKind.Integer, TypeKind.Enum) or (TypeKind.Enum, TypeKind.Integer or TypeKind.Enum) => true,
        (TypeKind.Record, TypeKind.Record) => was.Name == now.Name || sameRecord(was, now),
        // What they point to in turn is told of types in full.
        (TypeKind.Pointer, TypeKind.Pointer) => true,
        _ => false,
    };
}
