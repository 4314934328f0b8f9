using static Faultline.AbiDiff.Effect;
using static Faultline.AbiDiff.Severity;

namespace Faultline.AbiDiff.Kinds;

/// <summary>Kinds of drift in ioctls, and in what the models are about.</summary>
public static class IoctlKinds
{
    public static readonly ChangeKind Added = new("ioctl-added", Compatible, Adds, true, true, "An ioctl is new.", "UFFDIO_MOVE", "None needed.");

    public static readonly ChangeKind Removed = new("ioctl-removed", Breaking, Removes, false, true, "An ioctl is gone and its number has no name.", "UFFDIO_POISON deleted", "Keep the definition; answer ENOTTY.");

    public static readonly ChangeKind Renamed = new("ioctl-renamed", Risky, Alters, false, true, "The same request has another name.", "UFFDIO_WAKE -> UFFDIO_WAKEUP", "Keep the old name as an alias.");

    public static readonly ChangeKind NumberReused = new("ioctl-number-reused", Breaking, Adds, false, false,
        "The magic and number of an ioctl now belong to another one.", "0xAA/5: UFFDIO_REMAP -> UFFDIO_MOVE", "Take the next free number.");

    public static readonly ChangeKind NumberChanged = new("ioctl-number-changed", Breaking, Alters, true, false, "An ioctl has another magic or number.", "UFFDIO_MOVE nr 5 -> 9", "Use a new name for a new number.");

    public static readonly ChangeKind DirectionChanged = new("ioctl-direction-changed", Breaking, Alters, true, false, "An ioctl has another direction, and so another code.", "_IOR -> _IOWR", "Keep the direction, even where it is wrong.");

    public static readonly ChangeKind SizeChanged = new("ioctl-size-changed", Breaking, Alters, true, false, "An ioctl encodes another argument size, and so another code.", "its argument struct grew", "Accept both codes in the kernel.");

    public static readonly ChangeKind SizeNegotiated = new("ioctl-size-negotiated", Risky, Alters, true, true,
        "An ioctl encodes another argument size, and the code that takes it goes by the number alone and fills up what is missing.",
        "DRM_IOCTL_SYNCOBJ_WAIT 32 -> 40 bytes", "None needed where zero means the old behaviour.");

    public static readonly ChangeKind ArgumentChanged = new("ioctl-argument-changed", Breaking, Alters, false, false, "An ioctl takes another type of the same size.", "struct a -> struct b", "Use a new ioctl.");

    public static readonly ChangeKind ArgumentRetyped = new("ioctl-argument-retyped", Risky, Alters, true, true,
        "An ioctl names another integer of the same size, or another record of the same fields; its code is the same.",
        "int -> __u32", "Keep the type.");

    public static readonly ChangeKind EncodingChanged = new("ioctl-encoding-changed", Breaking, Alters, true, false, "The same request has another code: the targets encode requests differently.", "mips and x86_64", "None; the sides are different machines.");

    public static readonly ChangeKind Respelled = new("ioctl-respelled", Compatible, Alters, true, true,
        "A request is written as a plain number now, or the reverse, and is the same number.", "_IO('T', 1) -> 0x5401", "None needed.");

    public static readonly ChangeKind Unresolvable = new("ioctl-became-unresolvable", Breaking, Removes, false, true,
        "An ioctl's macro is still there and no longer compiles: the type of its argument is gone from here.", "KVM_S390_IRQ on x86, its struct moved to asm/kvm.h of s390", "Include what defines the argument, or move the macro too.");

    public static readonly ChangeKind Resolvable = new("ioctl-became-resolvable", Compatible, Adds, true, true,
        "An ioctl's macro compiles now.", "the struct of its argument was added", "None needed.");

    public static readonly ChangeKind TargetChanged = new("target-changed", Risky, Alters, true, true, "The models are for different targets.", "x86_64-linux-gnu -> i386-linux-gnu", "Compare models of one target, unless the difference is what you look for.");

    public static IEnumerable<ChangeKind> All =>
    [
        Added, Removed, Renamed, NumberReused, NumberChanged, DirectionChanged,
        SizeChanged, SizeNegotiated, ArgumentChanged, ArgumentRetyped, EncodingChanged, Respelled,
        Unresolvable, Resolvable,
        TargetChanged,
    ];
}
