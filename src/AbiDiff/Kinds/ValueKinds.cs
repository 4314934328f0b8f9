using static Faultline.AbiDiff.Effect;
using static Faultline.AbiDiff.Severity;

namespace Faultline.AbiDiff.Kinds;

/// <summary>Kinds of drift in enums, typedefs, constants, flags and events.</summary>
public static class ValueKinds
{
    public static readonly ChangeKind EnumAdded = new("enum-added", Compatible, Adds, true, true, "An enum is new.", "enum kvm_device_type", "None needed.");

    public static readonly ChangeKind EnumRemoved = new("enum-removed", Breaking, Removes, false, true, "An enum is gone.", "enum deleted", "Keep it in the header.");

    public static readonly ChangeKind EnumRetyped = new("enum-retyped", Breaking, Alters, true, false,
        "The integer that stores the enum has another size, and a field or an ioctl has it.",
        "a member beyond 32 bits made it u64", "Keep members within the old integer.");

    public static readonly ChangeKind EnumStorage = new("enum-storage-changed", Risky, Alters, true, true,
        "The integer that stores the enum has another sign, or another size where no field and no ioctl has it, so only programs' own "
            + "variables do.",
        "a negative member made it signed", "Keep members within the old integer.");

    public static readonly ChangeKind EnumeratorAdded = new("enumerator-added", Compatible, Adds, true, true,
        "An enum has a new member.", "NL80211_CMD_NEW", "Old programs may receive it: keep it behind a request by user space.");

    public static readonly ChangeKind EnumeratorRemoved = new("enumerator-removed", Breaking, Removes, false, true,
        "An enum lost a member.", "IORING_OP_X deleted", "Keep the name; refuse the value at run time.");

    public static readonly ChangeKind EnumeratorChanged = new("enumerator-changed", Breaking, Alters, true, false,
        "A member of an enum has another value, as happens to all that follow one inserted in the middle.", "NL80211_CMD_X 7 -> 8", "Add members at the end only.");

    public static readonly ChangeKind EnumeratorRenamed = new("enumerator-renamed", Risky, Alters, false, true,
        "A value of an enum has another name of mostly the same words.", "OP_READ = 3 -> OP_READ_ONCE = 3", "Keep the old name as a second member of the same value.");

    public static readonly ChangeKind EnumeratorValueReused = new("enumerator-value-reused", Breaking, Adds, false, false,
        "A value of an enum that had a name now has an unrelated one: programs ask for one thing and get another.",
        "OP_READ = 3 -> OP_ERASE = 3", "Take the next free value; a value once published stays taken.");

    public static readonly ChangeKind TypedefAdded = new("typedef-added", Compatible, Adds, true, true, "A typedef is new.", "__kernel_timer_t", "None needed.");

    public static readonly ChangeKind TypedefRemoved = new("typedef-removed", Breaking, Removes, false, true, "A typedef is gone.", "__u64 deleted", "Keep it in the header.");

    public static readonly ChangeKind TypedefChanged = new("typedef-changed", Breaking, Alters, true, false,
        "A typedef names a type of another layout.", "typedef long t -> typedef int t", "Use a new name.");

    public static readonly ChangeKind TypedefRetyped = new("typedef-retyped", Risky, Alters, true, true,
        "A typedef names another integer of the same size, as long and long long, or one of another sign, or a pointer to one: "
            + "comparisons, shifts, promotions and warnings can differ.",
        "typedef int t -> typedef unsigned int t", "Keep the type.");

    public static readonly ChangeKind ConstantAdded = new("constant-added", Compatible, Adds, true, true, "A constant is new.", "_UFFDIO_MOVE", "None needed.");

    public static readonly ChangeKind ConstantRemoved = new("constant-removed", Breaking, Removes, false, true, "A constant is gone.", "UFFD_USER_MODE_ONLY deleted", "Keep it in the header.");

    public static readonly ChangeKind ConstantChanged = new("constant-changed", Breaking, Alters, true, false,
        "A constant has another value.", "UFFD_API 0xAA -> 0xAB", "Use a new name for a new value.");

    public static readonly ChangeKind ConstantRetyped = new("constant-retyped", Risky, Alters, true, true,
        "A constant has the same value in another C type: promotions, shifts and comparisons can differ.", "1 -> 1ULL", "Keep the type.");

    public static readonly ChangeKind ConstantUnresolvable = new("constant-became-unresolvable", Breaking, Removes, false, true,
        "A macro had a value and has none any more: it takes arguments, is empty, or no longer compiles.", "#define X SOMETHING_UNDEFINED", "Include what it needs, or keep the value.");

    public static readonly ChangeKind ConstantResolvable = new("constant-became-resolvable", Compatible, Adds, true, true,
        "A macro without a value has one now.", "an include was added", "None needed.");

    public static readonly ChangeKind MacroBecameConstant = new("macro-became-constant", Breaking, Adds, false, true,
        "A macro that took arguments is a constant now: no call of it compiles.", "#define X(a) ((a) + 1) -> #define X 5",
        "Use a new name for the constant.");

    public static readonly ChangeKind ConstantRenamed = new("constant-renamed", Risky, Alters, false, true,
        "A constant has a name of more or fewer words behind the same ones, and the same value.",
        "TKN_IN_VALID_BIT -> TKN_IN_VALID_BIT_DEPTH", "Keep the old name as an alias.");

    public static readonly ChangeKind ReservedBitsChanged = new("reserved-bits-changed", Risky, Alters, true, true,
        "A mask of bits that are kept for later, or refused as unknown, has other bits: some are used now.",
        "X_CAP_RESERVED 0xe00f8000 -> 0x800f8000", "None needed where reserved bits are ignored.");

    public static readonly ChangeKind ReservedNumberUsed = new("reserved-number-used", Risky, Adds, false, true,
        "A number, bit or value whose name only kept it free has another name now, and the old one is gone.",
        "X_OP_RESERVED = 3 -> X_OP_ERASE = 3", "Keep the reserved name as an alias; refuse the number where old kernels took it.");

    public static readonly ChangeKind ForeignRemoved = new("foreign-removed", Risky, Removes, false, true,
        "A name that tells of another architecture is gone from here, or no longer compiles: programs of this one have no use of it.",
        "KVM_S390_PROGRAM_INT on x86, moved to asm/kvm.h of s390", "Compare for that architecture too (--target).");

    public static readonly ChangeKind MaskGrew = new("mask-grew", Compatible, Alters, true, true,
        "A mask made of other names has more bits: the API offers more.", "UFFD_API_FEATURES 0x1fff -> 0x3fff",
        "None needed; programs must mask what the kernel answers with what they know.");

    public static readonly ChangeKind MaskShrank = new("mask-shrank", Breaking, Alters, true, false,
        "A mask made of other names lost bits: the API offers less.", "UFFD_API_IOCTLS without 1 << _UFFDIO_API", "Keep the bits; answer at run time what is available.");

    public static readonly ChangeKind EndMarkerMoved = new("end-marker-moved", Compatible, Alters, true, true,
        "A name for the end of a list, or a number computed from one, stands elsewhere: the list has other members now, each reported by itself.",
        "__NFTA_MAX 7 -> 8", "None needed; programs must take more than they know.");

    public static readonly ChangeKind EndMoved = new("end-moved", Risky, Alters, true, true,
        "A member called END that is the last of its enum has another value: it is the end of the list, or a state that comes last.",
        "ST_END 2 -> 3 behind a new ST_WAIT", "Call the end of a list __ST_MAX; add states behind the last one.");

    public static readonly ChangeKind VersionChanged = new("version-changed", Risky, Alters, true, true,
        "A constant that says how far the interface has come has another value.", "FUSE_KERNEL_MINOR_VERSION 37 -> 41",
        "Let the kernel go on to take the old version.");

    public static readonly ChangeKind MacroAdded = new("macro-added", Compatible, Adds, true, true, "A macro without a value is new.", "a function-like macro", "None needed.");

    public static readonly ChangeKind MacroRemoved = new("macro-removed", Risky, Removes, false, true, "A macro without a value is gone.", "a function-like macro", "Keep it for programs that use it.");

    public static readonly ChangeKind MacroValueChanged = new("macro-value-changed", Breaking, Alters, true, false,
        "A macro that takes arguments gives another number for the same ones.",
        "#define UI_GET(len) _IOC(_IOC_READ, 'U', 44, len) -> 45", "Use a new name for another meaning.");

    public static readonly ChangeKind MacroParametersChanged = new("macro-parameters-changed", Breaking, Alters, false, true,
        "A macro takes another number of arguments.", "#define X(a) -> #define X(a, b)", "Use a new name for the new form.");

    public static readonly ChangeKind MacroParametersWidened = new("macro-parameters-widened", Compatible, Alters, true, true,
        "A macro takes all the arguments it took, and others too; each call of before comes to the same tokens.",
        "#define X(fmt, a) f(fmt, a) -> #define X(fmt, a...) f(fmt, a)", "None needed.");

    public static readonly ChangeKind MacroRewritten = new("macro-rewritten", Compatible, Alters, true, true,
        "A macro that takes arguments is written otherwise and gives the same number for each sample, or comes to the same tokens.",
        "#define X(a, b) (a + b) -> (b + a)", "None needed, if it is the same for all other arguments too.");

    public static readonly ChangeKind MacroBodyChanged = new("macro-body-changed", Risky, Alters, true, true,
        "A macro without a value, or with none for its arguments, expands to something else: a type, an initialiser, a statement.",
        "#define X_TYPE unsigned int -> unsigned long", "Use a new name for another meaning.");

    public static readonly ChangeKind FlagAdded = new("flag-added", Compatible, Adds, true, true,
        "A flag is new, on a bit that had no name.", "UFFD_FEATURE_MOVE", "None needed.");

    public static readonly ChangeKind FlagRemoved = new("flag-removed", Breaking, Removes, false, true, "A flag is gone and its bit has no name.", "UFFD_FEATURE_SIGBUS deleted", "Keep the name; refuse the bit at run time.");

    public static readonly ChangeKind FlagMoved = new("flag-moved", Breaking, Alters, true, false, "A flag has another bit.", "UFFD_FEATURE_MOVE 1 << 16 -> 1 << 13", "Use a new name for a new bit.");

    public static readonly ChangeKind FlagRenamed = new("flag-renamed", Risky, Alters, false, true,
        "A bit has another name of mostly the same words.", "UFFD_FEATURE_POISON -> UFFD_FEATURE_POISON_RANGE", "Keep the old name as an alias.");

    public static readonly ChangeKind FlagBitReused = new("flag-bit-reused", Breaking, Adds, false, false,
        "A bit that had a name now has an unrelated one: programs ask for one thing and get another.",
        "bit 13 of UFFD_FEATURE: WP_ZEROPAGE -> WP_UNPOPULATED", "Take the next free bit; a bit once published stays taken.");

    public static readonly ChangeKind FlagRetyped = new("flag-retyped", Risky, Alters, true, true,
        "A flag has the same bit in another C type.", "(1<<3) -> (1ULL<<3)", "Keep the type.");

    public static readonly ChangeKind EventAdded = new("event-added", Compatible, Adds, true, true, "An event is new.", "UFFD_EVENT_UNMAP", "Send it only to programs that asked for it.");

    public static readonly ChangeKind EventRemoved = new("event-removed", Breaking, Removes, false, true, "An event is gone.", "UFFD_EVENT_REMAP deleted", "Keep the name.");

    public static readonly ChangeKind EventChanged = new("event-changed", Breaking, Alters, true, false, "An event has another number.", "UFFD_EVENT_FORK 0x13 -> 0x14", "Use a new name for a new number.");

    public static readonly ChangeKind EventRenamed = new("event-renamed", Risky, Alters, false, true, "An event's number has another name of mostly the same words.", "EVENT_REMAP -> EVENT_REMAPPED", "Keep the old name as an alias.");

    public static readonly ChangeKind EventNumberReused = new("event-number-reused", Breaking, Adds, false, false,
        "An event's number now has an unrelated name.", "0x14: REMAP -> POISON", "Take the next free number.");

    public static readonly ChangeKind EventRetyped = new("event-retyped", Risky, Alters, true, true, "An event has the same number in another C type.", "0x12 -> 0x12ULL", "Keep the type.");

    public static readonly ChangeKind Moved = new("name-moved", Compatible, Alters, true, true,
        "A name stands in another header, which this one includes or included, or in another enum; a program has it all the same.",
        "linux/kvm.h -> asm/kvm.h", "None needed while the header is included.");

    public static readonly ChangeKind BecameEnumerator = new("became-enumerator", Risky, Alters, false, true,
        "A macro is a member of an enum now: a program that asks #ifdef no longer finds it.",
        "#define ETHTOOL_FLAG_X (1 << 0) -> enum", "Keep #define X X next to the member.");

    public static readonly ChangeKind BecameMacro = new("became-macro", Compatible, Alters, true, true,
        "A member of an enum is a macro now.", "MAX_BPF_LINK_TYPE", "None needed.");

    public static readonly ChangeKind KeptByMacro = new("kept-by-macro", Compatible, Alters, true, true,
        "A struct, union, enum or typedef has another name, and a macro keeps the old one.",
        "struct ipt_entry_target -> #define ipt_entry_target xt_entry_target", "None needed.");

    public static readonly ChangeKind BecameTypedef = new("became-typedef", Risky, Alters, false, true,
        "A macro for a type is a typedef now: no #ifdef finds it, and no unsigned goes before it.",
        "#define x_t unsigned int -> typedef", "Keep #define x_t x_t next to the typedef.");

    public static readonly ChangeKind BecameFunction = new("became-function", Risky, Removes, false, true,
        "A macro is a function now: no #ifdef finds it, and no array's length, case or #if takes it.",
        "#define X_LEN(n) ((n) + 8) -> static inline", "Keep #define X X next to the function, and the macro where a constant is needed.");

    public static readonly ChangeKind TagAdded = new("tag-added", Compatible, Adds, true, true,
        "A struct, union or enum that had no name, or only a typedef's, has a tag.", "typedef struct {…} guid_t -> typedef struct guid {…} guid_t", "None needed.");

    public static readonly ChangeKind TagRemoved = new("tag-removed", Breaking, Removes, false, true,
        "A tag is gone while what it named is there under another name.", "enum what -> enum proc_cn_event", "Keep the tag.");

    public static IEnumerable<ChangeKind> All =>
    [
        EnumAdded, EnumRemoved, EnumRetyped, EnumStorage,
        EnumeratorAdded, EnumeratorRemoved, EnumeratorChanged, EnumeratorRenamed, EnumeratorValueReused,
        TypedefAdded, TypedefRemoved, TypedefChanged, TypedefRetyped,
        ConstantAdded, ConstantRemoved, ConstantChanged, ConstantRetyped, ConstantUnresolvable, ConstantResolvable, MacroBecameConstant,
        ConstantRenamed, ReservedBitsChanged, ReservedNumberUsed, ForeignRemoved, MaskGrew, MaskShrank,
        EndMarkerMoved, EndMoved, VersionChanged, MacroAdded, MacroRemoved, MacroValueChanged, MacroParametersChanged,
        MacroParametersWidened, MacroRewritten, MacroBodyChanged,
        FlagAdded, FlagRemoved, FlagMoved, FlagRenamed, FlagBitReused, FlagRetyped,
        EventAdded, EventRemoved, EventChanged, EventRenamed, EventNumberReused, EventRetyped,
        Moved, BecameEnumerator, BecameMacro, BecameFunction, BecameTypedef, KeptByMacro, TagAdded, TagRemoved,
    ];
}
