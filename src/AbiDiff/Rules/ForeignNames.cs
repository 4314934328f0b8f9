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

    /// <summary>The change, of a lesser kind where it is the removal of such a name.</summary>
    public static AbiChange Judged(AbiChange change, AbiSpec old, AbiSpec current) =>
        Removals.Contains(change.Kind) && old.Target == current.Target && Is(change.Subject, current.Target)
            ? change with { Kind = ValueKinds.ForeignRemoved }
            : change;

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
