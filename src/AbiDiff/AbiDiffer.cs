using Faultline.AbiDiff.Coverage;
using Faultline.AbiDiff.Kinds;
using Faultline.AbiDiff.Rules;
using Faultline.AbiDiff.Settling;
using Faultline.AbiModel;

namespace Faultline.AbiDiff;

/// <summary>Compares two models. Pure: no file, no clock, the same models give the same changes in the same order.</summary>
public static class AbiDiffer
{
    /// <summary>How many of the names that went with an include are told.</summary>
    private const int NamesTold = 5;

    /// <summary>What drifted from <paramref name="old"/> to <paramref name="current"/>: worst first, then by kind and subject. Empty means equal.</summary>
    /// <remarks>Comments, locations, spellings of the same type and the grouping of macros are not part of the ABI; see docs/abi-drift.md.</remarks>
    public static EquatableArray<AbiChange> Compare(AbiSpec old, AbiSpec current) =>
        Compare(Settled.Of(old, current, new(), new()), new ExtensibleRecords(old, current));

    private static EquatableArray<AbiChange> Compare(Settled settled, ExtensibleRecords extensible)
    {
        var (old, current) = (settled.Old, settled.New);
        var enums = EnumPairing.Of(old, current);
        var crossings = new Crossings(old, current, enums);
        var records = new RecordRules(extensible, old, current);
        var changes = Told(settled)
            .Concat(TargetRule(old, current))
            .Concat(records.Compare())
            .Concat(EnumRules.Compare(enums, crossings, EnumRules.Stored(old).Concat(EnumRules.Stored(current))
                .ToHashSet(StringComparer.Ordinal),
                EnumRules.Counted(old).Intersect(EnumRules.Counted(current)).ToHashSet(StringComparer.Ordinal)))
            .Concat(EnumRules.Typedefs(old, current, records))
            .Concat(MacroRules.Compare(old, current, crossings))
            .Concat(FunctionRules.Compare(old, current, records))
            .Concat(IoctlRules.Compare(old, current, crossings, records));
        return ReservedNumbers.Judged(ForeignNames.Judged(changes, old, current))
            .OrderByDescending(change => change.Kind.Severity)
            .ThenBy(change => change.Kind.Id, StringComparer.Ordinal)
            .ThenBy(change => change.Subject, StringComparer.Ordinal)
            .ToEquatableArray();
    }

    /// <summary>What had to be put right to compare the two is drift itself.</summary>
    private static IEnumerable<AbiChange> Told(Settled settled) =>
    [
        .. settled.Moved.Select(item => new AbiChange(ValueKinds.Moved, item.Name, item.From, item.To)),
        .. settled.Gained.Select(tag => new AbiChange(ValueKinds.TagAdded, tag, "", "")),
        .. settled.Lost.Select(tag => new AbiChange(ValueKinds.TagRemoved, tag, "", "")),
        .. settled.Kept.Select(item => new AbiChange(ValueKinds.KeptByMacro, item.Name, item.Name, "macro for " + item.Body)),
        .. settled.Told,
    ];

    /// <summary>Compares two models in what both sides can speak for.</summary>
    /// <param name="omitted">What one side has and the other cannot tell.</param>
    public static EquatableArray<AbiChange> Compare(AbiSide old, AbiSide current, out EquatableArray<Omission> omitted)
    {
        var comparable = Comparable.Of(old, current);
        omitted = comparable.Omitted;
        var dropped = Dropped(current.Dropped).Concat(Swapped(current.Swapped)).ToEquatableArray();
        if (comparable.Old.Equals(comparable.New))
            return dropped;
        var changes = Compare(Settled.Of(comparable.Old, comparable.New, old.Elsewhere, current.Elsewhere),
            new ExtensibleRecords(old.Spec, current.Spec));
        return dropped.Count == 0 ? changes : changes.Concat(dropped)
            .OrderByDescending(change => change.Kind.Severity).ThenBy(change => change.Kind.Id, StringComparer.Ordinal)
            .ThenBy(change => change.Subject, StringComparer.Ordinal).ToEquatableArray();
    }

    /// <summary>What another header than before makes of names. What else it has is told where it stands.</summary>
    private static IEnumerable<AbiChange> Swapped(SwappedNames? swapped) => swapped is null ? [] : Compare(swapped.Old, swapped.New)
        .Where(change => swapped.Names.Contains(Subject.NameOf(change.Subject)));

    private static EquatableArray<AbiChange> Dropped(DroppedIncludes? dropped)
    {
        if (dropped is null)
            return default;
        var more = dropped.Names.Count - NamesTold;
        var names = string.Join(", ", dropped.Names.Take(NamesTold)) + (more > 0 ? $" and {more} more" : "");
        var headers = string.Join(">, <", dropped.Headers);
        return EquatableArray.Of(new AbiChange(HeaderKinds.IncludeDropped, $"#include <{headers}>", names, ""));
    }

    /// <summary>Compares a header that may exist, or compile, on one side only.</summary>
    public static EquatableArray<AbiChange> Compare(AbiPair pair, out EquatableArray<Omission> omitted)
    {
        omitted = default;
        return pair switch
        {
            { Old: { } old, New: { } current } => Compare(old, current, out omitted),
            { Old: not null, NewError: { } error } => EquatableArray.Of(new AbiChange(HeaderKinds.Unreadable, pair.Header, "compiles", error)),
            { OldError: { } error, New: not null } => EquatableArray.Of(new AbiChange(HeaderKinds.Readable, pair.Header, error, "compiles")),
            { OldError: not null, NewError: { } error } => Unread(pair.Header, error, out omitted),
            { New: not null } or { NewError: not null } => EquatableArray.Of(new AbiChange(HeaderKinds.Added, pair.Header, "", "new")),
            _ => EquatableArray.Of(new AbiChange(HeaderKinds.Removed, pair.Header, "there", "")),
        };
    }

    private static EquatableArray<AbiChange> Unread(string header, string error, out EquatableArray<Omission> omitted)
    {
        omitted = EquatableArray.Of(new Omission(header, default, "the compiler", error));
        return default;
    }

    private static IEnumerable<AbiChange> TargetRule(AbiSpec old, AbiSpec current) =>
        old.Target == current.Target ? [] : [new(IoctlKinds.TargetChanged, "target", old.Target, current.Target)];
}

/// <summary>The verdict over a list of changes. Equal implies both compatibilities.</summary>
public sealed record Compatibility(bool Equal, bool Source, bool Binary, Severity Worst)
{
    public static Compatibility Of(EquatableArray<AbiChange> changes) => new(
        changes.Count == 0,
        changes.All(change => change.Kind.SourceCompatible),
        changes.All(change => change.Kind.BinaryCompatible),
        changes.Count == 0 ? Severity.Compatible : changes.Max(change => change.Kind.Severity));
}
