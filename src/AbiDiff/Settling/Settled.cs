using Faultline.AbiModel;

namespace Faultline.AbiDiff.Settling;

/// <summary>Two models in which the same thing has the same name and stands in the same list, so that rules need not look for it.</summary>
/// <param name="Moved">Names that stand in another header, with the header of each side.</param>
/// <param name="Gained">Tags that a type has on the new side only, while it is on both.</param>
/// <param name="Lost">Tags that a type has on the old side only.</param>
/// <param name="Kept">Names of types that a macro keeps on the new side, with what it says.</param>
/// <param name="Told">
/// What became of requests that one side writes as an enumerator or a number, and of macros that are typedefs now.
/// </param>
internal sealed record Settled(
    AbiSpec Old,
    AbiSpec New,
    IReadOnlyList<(string Name, string From, string To)> Moved,
    IReadOnlyList<string> Gained,
    IReadOnlyList<string> Lost,
    IReadOnlyList<(string Name, string Body)> Kept,
    IReadOnlyList<AbiChange> Told)
{
    /// <param name="oldElsewhere">See <see cref="AbiSide.Elsewhere"/>.</param>
    /// <param name="newElsewhere">The same of the other side.</param>
    public static Settled Of(AbiSpec old, AbiSpec current, AbiSpec oldElsewhere, AbiSpec newElsewhere)
    {
        (old, current) = (ArrayTypedefs.Of(old), ArrayTypedefs.Of(current));
        (oldElsewhere, newElsewhere) = (ArrayTypedefs.Of(oldElsewhere), ArrayTypedefs.Of(newElsewhere));
        var (adoptedNew, moved) = Adoption.Of(current, newElsewhere, old);
        var (adoptedOld, came) = Adoption.Of(old, oldElsewhere, current);
        var (keptNew, kept) = KeptByMacro.Of(adoptedOld, adoptedNew);
        var (aliasedOld, aliasedNew) = AliasedRecords.Unify(adoptedOld, keptNew);
        var (taggedOld, taggedNew, gained, lost) = GainedTags.Unify(aliasedOld, aliasedNew);
        var (onceOld, onceNew, crossed) = EnumeratorRequests.Settle(taggedOld, taggedNew);
        var (plainOld, plainNew, respelled) = RespelledRequests.Settle(onceOld, onceNew);
        var (typedOld, becameTypedefs) = BecameTypedefs.Settle(plainOld, plainNew);
        return new(
            typedOld,
            plainNew,
            [.. moved.Select(item => (item.Name, old.Header, item.Header)),
                .. came.Select(item => (item.Name, item.Header, current.Header))],
            gained,
            lost,
            kept,
            [.. crossed, .. respelled, .. becameTypedefs]);
    }
}
