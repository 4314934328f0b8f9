using Faultline.AbiDiff.Kinds;

namespace Faultline.AbiDiff.Rules;

/// <summary>
/// Numbers, bits and values that had a name which only kept them free (<c>X_RESERVED_5</c>, <c>X_UNUSED</c>) and that are put to use:
/// nobody asked for anything by such a name, so nothing is reused.
/// </summary>
internal static class ReservedNumbers
{
    private static readonly HashSet<string> Reserved =
        new(["RESERVED", "RSVD", "RESVD", "RESV", "UNUSED", "SPARE"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Words of masks that hold what no flag has: the bits that are refused.</summary>
    private static readonly HashSet<string> Refused =
        new(["RESERVED", "RSVD", "UNKNOWN", "INVALID", "UNDEFINED"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Bits = new(["FLAGS", "BITS", "MASK"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<ChangeKind> Reuses =
        [ValueKinds.EnumeratorValueReused, ValueKinds.FlagBitReused, ValueKinds.EventNumberReused, IoctlKinds.NumberReused];

    /// <summary>The changes, with those told as one that make a name of a reserved one.</summary>
    public static IEnumerable<AbiChange> Judged(IReadOnlyList<AbiChange> changes)
    {
        var gone = changes.Where(change => (change.Kind == ValueKinds.ConstantRemoved || change.Kind == ValueKinds.FlagRemoved)
            && Is(change.Subject)).ToList();
        var used = gone.Select(old => (Old: old, New: Successor(old, changes))).Where(pair => pair.New is not null)
            .ToDictionary(pair => pair.Old, pair => pair.New!);
        foreach (var change in changes.Where(change => !used.ContainsValue(change)))
        {
            if (used.TryGetValue(change, out var successor))
                yield return new(ValueKinds.ReservedNumberUsed, change.Subject, change.Subject, successor.Subject);
            else
                yield return Reuses.Contains(change.Kind) && Is(change.Old) ? change with { Kind = ValueKinds.ReservedNumberUsed } : change;
        }
    }

    /// <summary>Whether a macro holds the bits that are kept for later or refused: <c>X_RESERVED</c>, <c>__X_UNKNOWN_FLAGS</c>.</summary>
    public static bool IsMask(string name) => CountingName.Words(name) is var words && words.Length > 1
        && (words[^1] == "RESERVED" || (Bits.Contains(words[^1]) && Refused.Contains(words[^2])));

    /// <summary>The one new name of the same value that begins as the reserved one does.</summary>
    private static AbiChange? Successor(AbiChange old, IReadOnlyList<AbiChange> changes) =>
        changes.Where(change => (change.Kind == ValueKinds.ConstantAdded || change.Kind == ValueKinds.FlagAdded) && change.New == old.Old
            && change.Subject.StartsWith(Beginning(old.Subject)!, StringComparison.Ordinal)).Take(2).ToList() is [var only] ? only : null;

    private static bool Is(string name) => Beginning(name) is not null;

    /// <summary>What stands before the word that says so, when numbers alone stand behind it; null in other names.</summary>
    private static string? Beginning(string name)
    {
        var words = name.Split('_');
        for (var at = words.Length - 1; at > 0 && words[at].Length > 0; at--)
        {
            if (Reserved.Contains(words[at].TrimEnd("0123456789".ToCharArray())))
                return string.Join('_', words.Take(at)) + "_";
            if (!words[at].All(char.IsAsciiHexDigit))
                return null;
        }
        return null;
    }
}
