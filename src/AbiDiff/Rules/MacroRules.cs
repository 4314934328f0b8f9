using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>Drift of macros: constants, masks, flags, events, and macros without a value.</summary>
internal static class MacroRules
{
    public static IEnumerable<AbiChange> Compare(AbiSpec old, AbiSpec current, Crossings crossings)
    {
        var pairs = Pairing.ByName(Macro.Of(old), Macro.Of(current), macro => macro.Name)
            .Where(pair => !crossings.Contains((pair.Old ?? pair.New)!.Name)).ToList();
        var lostBefore = old.Unresolved.Where(item => IsMacro(item) && !IsGuard(item, old))
            .ToDictionary(item => item.Name, StringComparer.Ordinal);
        var lostNow = current.Unresolved.Where(item => IsMacro(item) && !IsGuard(item, current))
            .ToDictionary(item => item.Name, StringComparer.Ordinal);
        var functions = current.Unresolved.Where(item => !IsMacro(item)).Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        var families = new Families(
            [.. pairs.Where(pair => !lostBefore.ContainsKey((pair.Old ?? pair.New)!.Name)
                && !lostNow.ContainsKey((pair.Old ?? pair.New)!.Name))]);
        var takenOver = families.Successors();
        var renamed = Renamed(pairs, [.. takenOver.Keys, .. takenOver.Values]);
        var (endsBefore, endsNow) = (new EndMarkers(old), new EndMarkers(current));
        ChangeKind ChangedValue(Macro was, Macro now)
        {
            if (endsBefore.Contains(was.Constant) && endsNow.Contains(now.Constant))
                return ValueKinds.EndMarkerMoved;
            if (was.Use == MacroUse.Constant && now.Use == MacroUse.Constant && CountingName.IsVersion(was.Name))
                return ValueKinds.VersionChanged;
            if (was is { Use: MacroUse.Constant, Constant.Kind: ValueKind.Integer }
                && now is { Use: MacroUse.Constant, Constant.Kind: ValueKind.Integer } && ReservedNumbers.IsMask(was.Name))
                return ValueKinds.ReservedBitsChanged;
            var areMasks = (was.IsMask && now.IsMask) || (endsBefore.IsMaskOfFamily(was.Constant) && endsNow.IsMaskOfFamily(now.Constant));
            return areMasks ? ChangedMask(was, now) : ChangedMeaning(was);
        }

        foreach (var (was, now) in pairs)
        {
            var changes = (was, now) switch
            {
                ({ } gone, null) when lostNow.TryGetValue(gone.Name, out var lost) => [new(ValueKinds.ConstantUnresolvable, gone.Name, gone.Text, lost.Reason)],
                ({ } gone, null) when takenOver.ContainsValue(gone) || renamed.ContainsValue(gone) => [], // told with its successor
                ({ } gone, null) when functions.Contains(gone.Name) => [new(ValueKinds.BecameFunction, gone.Name, gone.Text, "function")],
                ({ } gone, null) => [new(Removed(gone), gone.Name, gone.Text, "")],
                (null, { } come) when lostBefore.TryGetValue(come.Name, out var lost) =>
                    [new(GotValue(lost), come.Name, lost.Reason, come.Text)],
                (null, { } come) when takenOver.TryGetValue(come, out var predecessor) => [TakenOver(predecessor, come, families)],
                (null, { } come) when renamed.TryGetValue(come, out var predecessor) =>
                    [new(ValueKinds.ConstantRenamed, predecessor.Name, predecessor.Name, come.Name)],
                (null, { } come) => [new(Added(come, pairs), come.Name, "", come.Text)],
                _ => Altered(was!, now!, ChangedValue),
            };
            foreach (var change in changes)
                yield return change;
        }
        var (guardBefore, guardNow) = (First(old), First(current));
        if (guardBefore is { Kind: "empty" } && guardNow is { Kind: "empty" } && guardBefore.Name != guardNow.Name)
        {
            lostBefore.Remove(guardBefore.Name); // the guard under another name
            lostNow.Remove(guardNow.Name);
        }
        // A macro that has or had a value is told above, an ioctl's by the rules of ioctls.
        var valued = pairs.Select(pair => (pair.Old ?? pair.New)!.Name).Concat(old.Ioctls.Concat(current.Ioctls).Select(ioctl => ioctl.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var (was, now) in Pairing.ByName(lostBefore.Values, lostNow.Values, item => item.Name).Where(pair => !valued.Contains((pair.Old ?? pair.New)!.Name)))
        {
            if (was is null && FunctionRules.BecameMacro(now!.Name, old, current))
                continue; // told with the functions
            if (was is null)
                yield return new(ValueKinds.MacroAdded, now!.Name, "", now.Reason);
            else if (now is null && functions.Contains(was.Name))
                yield return new(ValueKinds.BecameFunction, was.Name, "macro", "function");
            else if (now is null)
                yield return new(ValueKinds.MacroRemoved, was.Name, was.Reason, "");
            else if (MacroBody.Change(was, now) is { } change)
                yield return change;
        }
    }

    /// <summary>New names, each with the one name that is gone of the same value and that goes on with words, or ends sooner.</summary>
    private static Dictionary<Macro, Macro> Renamed(List<(Macro? Old, Macro? New)> pairs, HashSet<Macro> known)
    {
        IEnumerable<Macro> Plain(IEnumerable<Macro?> macros) => macros.OfType<Macro>().Where(macro => !known.Contains(macro)
            && macro is { Use: MacroUse.Constant, Constant.Kind: ValueKind.Integer } && CountingName.Words(macro.Name).Length > 1);
        var gone = Plain(pairs.Where(pair => pair.New is null).Select(pair => pair.Old)).ToLookup(macro => macro.Constant.Integer);
        var found = Plain(pairs.Where(pair => pair.Old is null).Select(pair => pair.New))
            .SelectMany(come => gone[come.Constant.Integer].Where(old => GoesOn(old.Name, come.Name) || GoesOn(come.Name, old.Name))
                .Select(old => (Old: old, Come: come))).ToList();
        return found.Where(pair => found.Count(other => other.Old == pair.Old || other.Come == pair.Come) == 1)
            .ToDictionary(pair => pair.Come, pair => pair.Old);
    }

    private static bool GoesOn(string name, string longer) => longer.StartsWith(name + "_", StringComparison.Ordinal);

    /// <summary>A macro that took arguments and is a value now is called no longer, for nothing calls a value.</summary>
    private static ChangeKind GotValue(UnresolvedSpec lost) =>
        lost.Kind == "function-like" ? ValueKinds.MacroBecameConstant : ValueKinds.ConstantResolvable;

    private static bool IsMacro(UnresolvedSpec item) => item.Kind != "declaration";

    /// <summary>
    /// The macro without a value that stands before all else of the header; null where something else does, or places are not known.
    /// </summary>
    private static UnresolvedSpec? First(AbiSpec spec)
    {
        bool IsHere(string at) => at.StartsWith(spec.Header + ":", StringComparison.Ordinal);
        var first = spec.Unresolved.Where(item => IsHere(item.At)).MinBy(item => HeaderLine.Line(item.At));
        var isFirst = first is not null && spec.Locations.All(location => !IsHere(location.At)
            || HeaderLine.Line(location.At) > HeaderLine.Line(first.At));
        return isFirst ? first : null;
    }

    /// <summary>An empty macro of the header's own name keeps it from being read twice, and is not part of the interface.</summary>
    private static bool IsGuard(UnresolvedSpec item, AbiSpec spec)
    {
        if (item.Kind != "empty")
            return false;
        var file = string.Concat(spec.Header.Split('/')[^1].ToUpperInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        var name = item.Name.ToUpperInvariant().Trim('_');
        return name.EndsWith("_H", StringComparison.Ordinal) || name.EndsWith("_INCLUDED", StringComparison.Ordinal)
            || (file.Length > 0 && name.EndsWith(file, StringComparison.Ordinal));
    }

    private static AbiChange TakenOver(Macro predecessor, Macro successor, Families families)
    {
        var family = Families.NameOf(predecessor, successor);
        var kind = (successor.Use, families.AreRelated(predecessor, successor)) switch
        {
            (MacroUse.Event, true) => ValueKinds.EventRenamed,
            (MacroUse.Event, false) => ValueKinds.EventNumberReused,
            (_, true) => ValueKinds.FlagRenamed,
            _ => ValueKinds.FlagBitReused,
        };
        return new(kind, $"{family} {successor.Text}", predecessor.Name, successor.Name);
    }

    private static ChangeKind Removed(Macro macro) => macro.Use switch
    {
        MacroUse.Flag => ValueKinds.FlagRemoved,
        MacroUse.Event => ValueKinds.EventRemoved,
        _ => ValueKinds.ConstantRemoved,
    };

    /// <summary>A new name on a value that another name of its group had and moved away from reuses that value.</summary>
    private static ChangeKind Added(Macro macro, List<(Macro? Old, Macro? New)> pairs)
    {
        var reused = macro.Use != MacroUse.Constant
            && pairs.Exists(pair => pair is { Old: { } old, New: { } now } && old.Group == macro.Group && old.SameValue(macro) && !now.SameValue(macro));
        return macro.Use switch
        {
            MacroUse.Flag => reused ? ValueKinds.FlagBitReused : ValueKinds.FlagAdded,
            MacroUse.Event => reused ? ValueKinds.EventNumberReused : ValueKinds.EventAdded,
            _ => ValueKinds.ConstantAdded,
        };
    }

    private static IEnumerable<AbiChange> Altered(Macro was, Macro now, Func<Macro, Macro, ChangeKind> changedValue)
    {
        if (!was.SameValue(now))
            yield return new(changedValue(was, now), was.Name, was.Text, now.Text);
        else if (was.Constant.Type != now.Constant.Type || IntegerWords.Differ(was.Constant.CType, now.Constant.CType))
            yield return new(Retyped(was), was.Name, was.Constant.CType, now.Constant.CType);
    }

    private static ChangeKind ChangedMask(Macro was, Macro now) =>
        (was.Constant.Integer & now.Constant.Integer) == was.Constant.Integer ? ValueKinds.MaskGrew : ValueKinds.MaskShrank;

    private static ChangeKind ChangedMeaning(Macro was) => was.Use switch
    {
        MacroUse.Flag => ValueKinds.FlagMoved,
        MacroUse.Event => ValueKinds.EventChanged,
        _ => ValueKinds.ConstantChanged,
    };

    private static ChangeKind Retyped(Macro macro) => macro.Use switch
    {
        MacroUse.Flag => ValueKinds.FlagRetyped,
        MacroUse.Event => ValueKinds.EventRetyped,
        _ => ValueKinds.ConstantRetyped,
    };
}
