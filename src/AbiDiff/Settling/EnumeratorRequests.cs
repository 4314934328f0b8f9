using Faultline.AbiDiff.Kinds;
using Faultline.AbiDiff.Rules;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Settling;

/// <summary>
/// A request that is an enumerator stands in two lists of a model. Here it is left in one, so that what became of it is
/// told once: with the requests, where the other side has it as one or not at all, else with the enums.
/// </summary>
internal static class EnumeratorRequests
{
    /// <summary>Both sides, each such name in one list, and which of those that both have became another sort of name.</summary>
    public static (AbiSpec Old, AbiSpec New, IReadOnlyList<AbiChange> Told) Settle(AbiSpec old, AbiSpec current)
    {
        if (!Enumerators(old).Concat(Enumerators(current)).Any())
            return (old, current, []);
        var (defined, definedNow) = (Defined(old), Defined(current));
        var told = old.Ioctls.Join(current.Ioctls, was => was.Name, now => now.Name, (was, now) => (was, now))
            .Select(pair => Crossed(pair.was.Name, Sort(pair.was, defined), Sort(pair.now, definedNow))).OfType<AbiChange>();
        return (Of(old, current), Of(current, old), [.. told]);
    }

    /// <summary>How a program finds a request's name.</summary>
    private enum NameSort
    {
        /// <summary>By <c>#ifdef</c> too.</summary>
        Macro,

        /// <summary>Not by <c>#ifdef</c>.</summary>
        Enumerator,

        /// <summary>By <c>#ifdef</c> too: a macro says the enumerator's name.</summary>
        DefinedEnumerator,
    }

    private static NameSort Sort(IoctlSpec ioctl, HashSet<string> defined) =>
        !ioctl.Enumerator ? NameSort.Macro : defined.Contains(ioctl.Name) ? NameSort.DefinedEnumerator : NameSort.Enumerator;

    private static AbiChange? Crossed(string name, NameSort was, NameSort now) => (was, now) switch
    {
        _ when was == now => null,
        (NameSort.Macro, NameSort.Enumerator) => new(ValueKinds.BecameEnumerator, name, Crossings.Macro, "enum"),
        (NameSort.Macro, _) => new(ValueKinds.Moved, name, Crossings.Macro, "enum"),
        (_, NameSort.Macro) => new(ValueKinds.BecameMacro, name, "enum", Crossings.Macro),
        (NameSort.Enumerator, _) => new(ValueKinds.MacroAdded, name, "", EnumRules.Define(name)),
        _ => new(ValueKinds.MacroRemoved, name, EnumRules.Define(name), ""),
    };

    private static HashSet<string> Defined(AbiSpec spec) => spec.Enums.SelectMany(item => item.Members).Where(member => member.Defined)
        .Select(member => member.Name).ToHashSet(StringComparer.Ordinal);

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
