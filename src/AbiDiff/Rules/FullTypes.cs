using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>
/// What became of types beyond their layout: qualifiers, what a pointer to a pointer ends at, what a function takes and gives.
/// </summary>
internal sealed class FullTypes(Pointees pointees)
{
    /// <summary>The kind of change from one to the other; null when they are the same, or a side does not tell.</summary>
    public ChangeKind? Change(string? was, string? now)
    {
        if (was is null || now is null || was == now)
            return null;
        var (plain, plainNow) = (FullType.WithoutRanks(was), FullType.WithoutRanks(now));
        if (plain == plainNow)
            return FullType.IsFunction(was) ? RecordKinds.FunctionPointerRetyped
                : FullType.AreOtherLongs(was, now) && was.Contains('*', StringComparison.Ordinal) ? RecordKinds.PointerRetyped
                : RecordKinds.FieldRetyped;
        (was, now) = (plain, plainNow);
        if (FullType.Unqualified(was) == FullType.Unqualified(now) && !FullType.IsFunction(was))
            return Qualifiers(was, now);
        return FullType.IsFunction(was) || FullType.IsFunction(now) ? Function(was, now) : Pointer(was, now);
    }

    /// <summary>
    /// Only what a thing is itself may become writable: a pointer to something const is filled with another sort of pointer.
    /// </summary>
    private static ChangeKind Qualifiers(string was, string now) =>
        FullType.WithoutOwnConst(was) == now ? RecordKinds.ConstDropped : RecordKinds.QualifierChanged;

    /// <summary>Two pointers, by what they end at.</summary>
    private ChangeKind? Pointer(string was, string now)
    {
        var (before, after) = (was, now);
        while (FullType.Target(before) is { } target && FullType.Target(after) is { } targetNow)
        {
            if (FullType.Rows(before) != FullType.Rows(after))
                return RecordKinds.PointeeChanged;
            (before, after) = (target, targetNow);
        }
        // One of the two goes on: bytes hold no pointers.
        if (FullType.Target(before) is not null || FullType.Target(after) is not null)
            return Type(before)?.Kind == TypeKind.Void || Type(after)?.Kind == TypeKind.Void
                ? RecordKinds.FieldRetyped : RecordKinds.PointeeChanged;
        var (end, endNow) = (Type(before), Type(after));
        if (end is null || endNow is null)
            return (end ?? endNow) is { } known && Pointees.IsAnything(known) ? RecordKinds.FieldRetyped : RecordKinds.PointeeChanged;
        return pointees.Change(end, endNow);
    }

    private static TypeRef? Type(string text) => TypeRef.TryParse(FullType.Unqualified(text), out var type) ? type : null;

    /// <summary>A pointer to a function, or the function of a typedef.</summary>
    private ChangeKind Function(string was, string now)
    {
        if (FunctionType.Of(was) is not { } before || FunctionType.Of(now) is not { } after)
            return IsOfAnything(was) || IsOfAnything(now) ? RecordKinds.FunctionPointerRetyped : RecordKinds.FunctionPointerChanged;
        if (FullType.Unqualified(before.Behind) != FullType.Unqualified(after.Behind))
            return RecordKinds.FunctionPointerChanged;
        var isFree = before.TakesAnything || after.TakesAnything;
        if (before.Takes.Count != after.Takes.Count && !isFree)
            return RecordKinds.FunctionPointerChanged;
        var pairs = before.Takes.Zip(after.Takes).Where(_ => !isFree).Append((before.Gives, after.Gives)).ToList();
        if (!pairs.TrueForAll(pair => HaveSameBytes(pair.Item1, pair.Item2)))
            return RecordKinds.FunctionPointerChanged;
        var isSame = !isFree && pairs.TrueForAll(pair => pair.Item1 == pair.Item2);
        return isSame ? Qualifiers(before.Behind, after.Behind) : RecordKinds.FunctionPointerRetyped;
    }

    /// <summary>Whether two arguments or results go the same way, and mean the same but for a sign or what they point to.</summary>
    private bool HaveSameBytes(string was, string now)
    {
        if (was == now)
            return true;
        if (FullType.IsFunction(was) || FullType.IsFunction(now))
            return Function(was, now) != RecordKinds.FunctionPointerChanged;
        if (was.EndsWith('*') && now.EndsWith('*'))
            return Change(was, now) != RecordKinds.PointeeChanged;
        return Type(was) is { } before && Type(now) is { } after && Number(before) is { } number && number == Number(after);
    }

    /// <summary>How a number is passed: whole or not, and its bytes; null for anything else.</summary>
    private static (bool IsFloat, int Bytes)? Number(TypeRef type) => type.Kind switch
    {
        TypeKind.Integer or TypeKind.Boolean => (false, type.ScalarSize),
        TypeKind.Enum => (false, sizeof(int)),
        TypeKind.Float => (true, type.ScalarSize),
        _ => null,
    };

    /// <summary>Whether it is <c>void *</c>.</summary>
    private static bool IsOfAnything(string text) => FullType.Unqualified(text).TrimEnd() == "void *";
}
