using Faultline.AbiModel;

namespace Faultline.AbiDiff.Settling;

/// <summary>
/// A request that is an enumerator stands in two lists of a model. Here it is left in one, so that what became of it is
/// told once: with the requests, where the other side has it as one or not at all, else with the enums.
/// </summary>
internal static class EnumeratorRequests
{
    /// <summary>Both sides, each such name in one list.</summary>
    public static (AbiSpec Old, AbiSpec New) Settle(AbiSpec old, AbiSpec current) =>
        Enumerators(old).Concat(Enumerators(current)).Any() ? (Of(old, current), Of(current, old)) : (old, current);

    private static IEnumerable<string> Enumerators(AbiSpec spec) =>
        spec.Ioctls.Where(ioctl => ioctl.Enumerator).Select(ioctl => ioctl.Name);

    private static AbiSpec Of(AbiSpec spec, AbiSpec other)
    {
        var numbers = other.Enums.SelectMany(item => item.Members).Select(member => member.Name)
            .Concat(other.Constants.Concat(other.Flags.Concat(other.Events).SelectMany(group => group.Members))
                .Select(constant => constant.Name)).ToHashSet(StringComparer.Ordinal);
        numbers.ExceptWith(other.Ioctls.Select(ioctl => ioctl.Name));
        var ioctls = spec.Ioctls.Where(ioctl => !ioctl.Enumerator || !numbers.Contains(ioctl.Name)).ToEquatableArray();
        var requests = ioctls.Where(ioctl => ioctl.Enumerator).Select(ioctl => ioctl.Name).ToHashSet(StringComparer.Ordinal);
        return spec with
        {
            Ioctls = ioctls,
            Enums = spec.Enums.Select(item => item with
            {
                Members = item.Members.Where(member => !requests.Contains(member.Name)).ToEquatableArray(),
            }).Where((item, at) => item.Members.Count > 0 || item.Name.Length > 0 || spec.Enums[at].Members.Count == 0).ToEquatableArray(),
        };
    }
}
