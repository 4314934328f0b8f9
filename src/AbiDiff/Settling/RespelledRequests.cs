using Faultline.AbiDiff.Kinds;
using Faultline.AbiDiff.Rules;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Settling;

/// <summary>
/// Requests that the other side writes as a plain number, as <c>TCGETS</c> is <c>0x5401</c>: the name is there, so neither side
/// lacks it. Both are then without it, and what became of its number is told.
/// </summary>
internal static class RespelledRequests
{
    public static (AbiSpec Old, AbiSpec New, IReadOnlyList<AbiChange> Told) Settle(AbiSpec old, AbiSpec current)
    {
        var told = Pairs(old, current).Select(pair => Change(pair.Ioctl, pair.Macro, isNumberNow: true))
            .Concat(Pairs(current, old).Select(pair => Change(pair.Ioctl, pair.Macro, isNumberNow: false))).ToList();
        if (told.Count == 0)
            return (old, current, told);
        var names = told.Select(change => change.Subject).ToHashSet(StringComparer.Ordinal);
        return (Without(old, names), Without(current, names), told);
    }

    private static IEnumerable<(IoctlSpec Ioctl, Macro Macro)> Pairs(AbiSpec spec, AbiSpec other)
    {
        if (spec.Ioctls.Count == 0)
            return [];
        var own = Macro.Of(spec).Select(macro => macro.Name).ToHashSet(StringComparer.Ordinal);
        var requests = other.Ioctls.Select(ioctl => ioctl.Name).ToHashSet(StringComparer.Ordinal);
        return spec.Ioctls.Where(ioctl => !ioctl.Enumerator && !own.Contains(ioctl.Name) && !requests.Contains(ioctl.Name)).Join(
            Macro.Of(other).Where(macro => macro.Constant.Kind == ValueKind.Integer), ioctl => ioctl.Name, macro => macro.Name,
            (ioctl, macro) => (ioctl, macro));
    }

    private static AbiChange Change(IoctlSpec ioctl, Macro macro, bool isNumberNow)
    {
        var isSame = SameNumber.Is(ioctl.Code, macro.Constant.Integer);
        var (request, number) = isSame ? ("request", macro.Constant.Expression is { Length: > 0 } written ? written : Macro.Hex(ioctl.Code))
            : (Macro.Hex(ioctl.Code), Macro.Hex(macro.Constant.Integer));
        return new(isSame ? IoctlKinds.Respelled : ValueKinds.ConstantChanged, ioctl.Name,
            isNumberNow ? request : number, isNumberNow ? number : request);
    }

    private static AbiSpec Without(AbiSpec spec, HashSet<string> names)
    {
        EquatableArray<GroupSpec> Groups(EquatableArray<GroupSpec> groups) => groups.Select(group => group with
        {
            Members = group.Members.Where(member => !names.Contains(member.Name)).ToEquatableArray(),
        }).Where(group => group.Members.Count > 0).ToEquatableArray();
        return spec with
        {
            Ioctls = spec.Ioctls.Where(ioctl => !names.Contains(ioctl.Name)).ToEquatableArray(),
            Constants = spec.Constants.Where(constant => !names.Contains(constant.Name)).ToEquatableArray(),
            Flags = Groups(spec.Flags),
            Events = Groups(spec.Events),
        };
    }
}
