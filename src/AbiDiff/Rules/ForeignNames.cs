using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>
/// Names that tell of an architecture which the model is not for, as KVM_S390_* does: gone from here, nobody misses them here.
/// </summary>
internal static class ForeignNames
{
    /// <summary>Words that stand for one architecture and for nothing else, with how its targets begin.</summary>
    private static readonly (string Word, string[] Targets)[] Architectures =
    [
        ("s390", ["s390"]), ("ppc", ["powerpc", "ppc"]), ("powerpc", ["powerpc", "ppc"]), ("spapr", ["powerpc", "ppc"]),
        ("arm64", ["aarch64"]), ("aarch64", ["aarch64"]), ("mips", ["mips"]), ("riscv", ["riscv"]), ("loongarch", ["loongarch"]),
        ("sparc", ["sparc"]), ("ia64", ["ia64"]), ("x86", ["x86_64", "i386", "i486", "i586", "i686"]),
    ];

    private static readonly HashSet<ChangeKind> Removals =
    [
        RecordKinds.StructRemoved, RecordKinds.UnionRemoved, ValueKinds.EnumRemoved, ValueKinds.EnumeratorRemoved,
        ValueKinds.TypedefRemoved, ValueKinds.ConstantRemoved, ValueKinds.ConstantUnresolvable, ValueKinds.FlagRemoved,
        FunctionKinds.Removed, IoctlKinds.Removed, IoctlKinds.Unresolvable,
    ];

    /// <summary>The changes, of a lesser kind where they are removals of such names.</summary>
    public static IReadOnlyList<AbiChange> Judged(IEnumerable<AbiChange> changes, AbiSpec old, AbiSpec current)
    {
        if (old.Target != current.Target)
            return [.. changes];
        List<AbiChange> judged = [.. changes.Select(change => Removals.Contains(change.Kind) && Is(change.Subject, current.Target)
            ? change with { Kind = ValueKinds.ForeignRemoved } : change)];
        var foreign = judged.Where(change => change.Kind == ValueKinds.ForeignRemoved).Select(change => change.Subject)
            .ToHashSet(StringComparer.Ordinal);
        if (foreign.Count == 0)
            return judged;
        var among = Among(foreign, judged.Where(change => Removals.Contains(change.Kind)).Select(change => change.Subject)
            .ToHashSet(StringComparer.Ordinal), old);
        return [.. judged.Select(change => Removals.Contains(change.Kind) && among.Contains(change.Subject)
            ? change with { Kind = ValueKinds.ForeignRemoved } : change)];
    }

    /// <summary>
    /// The names that are gone and stood among such names alone, as <c>enum pv_cmd_id</c> did between two of <c>kvm_s390_pv_*</c>:
    /// a block of an architecture went as a whole, and not each name in it tells of one.
    /// </summary>
    private static HashSet<string> Among(HashSet<string> foreign, HashSet<string> gone, AbiSpec old)
    {
        var among = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in old.Locations.GroupBy(location => HeaderLine.Header(location.At), StringComparer.Ordinal))
        {
            // Not there while what came before is of every architecture.
            List<string>? run = null;
            foreach (var name in file.OrderBy(location => HeaderLine.Line(location.At)).Select(location => location.Name))
            {
                if (foreign.Contains(name))
                {
                    among.UnionWith(run ?? []);
                    run = [];
                }
                else if (gone.Contains(name))
                    run?.Add(name);
                else
                    run = null;
            }
        }
        return among;
    }

    private static bool Is(string subject, string target)
    {
        var words = subject[(subject.LastIndexOf(' ') + 1)..].ToLowerInvariant().Split('_');
        // KVM_ARM_*, of both widths; anywhere else it may be a verb.
        if (words.Length > 2 && words[1] == "arm")
            words[1] = target.StartsWith("arm", StringComparison.Ordinal) ? "" : "arm64";
        return target.Length > 0 && Architectures.Any(known => words.Contains(known.Word))
            && !Architectures.Any(known => words.Contains(known.Word)
                && known.Targets.Any(start => target.StartsWith(start, StringComparison.Ordinal)));
    }
}
