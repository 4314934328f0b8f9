using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Settling;

/// <summary>Two models in which the same thing has the same name and stands in the same list, so that rules need not look for it.</summary>
/// <param name="Changes">What had to be put right: it is drift of its own.</param>
internal sealed record Settled(AbiSpec Old, AbiSpec New, IReadOnlyList<AbiChange> Changes)
{
    /// <param name="oldElsewhere">See <see cref="AbiSide.Elsewhere"/>.</param>
    /// <param name="newElsewhere">The same of the other side.</param>
    public static Settled Of(AbiSpec old, AbiSpec current, AbiSpec oldElsewhere, AbiSpec newElsewhere)
    {
        var (adoptedNew, moved) = Adoption.Of(current, newElsewhere, old);
        var (adoptedOld, came) = Adoption.Of(old, oldElsewhere, current);
        var (taggedOld, taggedNew, tags) = GainedTags.Unify(adoptedOld, adoptedNew);
        return new(
            taggedOld,
            taggedNew,
            [
                .. moved.Select(item => new AbiChange(ValueKinds.Moved, item.Name, old.Header, item.Header)),
                .. came.Select(item => new AbiChange(ValueKinds.Moved, item.Name, item.Header, current.Header)),
                .. tags,
            ]);
    }
}
