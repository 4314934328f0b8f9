using static Faultline.AbiDiff.Effect;
using static Faultline.AbiDiff.Severity;

namespace Faultline.AbiDiff.Kinds;

/// <summary>Kinds of drift in a header as a whole: it came, went, or compiles by itself on one side only.</summary>
public static class HeaderKinds
{
    public static readonly ChangeKind Added = new("header-added", Compatible, Adds, true, true, "A header is new.", "linux/iommufd.h", "None needed.");

    public static readonly ChangeKind Removed = new("header-removed", Breaking, Removes, false, true, "A header is gone, with all its names.", "linux/raw.h deleted", "Keep the header, even when it only includes another.");

    public static readonly ChangeKind Unreadable = new("header-became-unreadable", Breaking, Removes, false, true,
        "A header compiled by itself and no longer does; nothing in it could be compared.", "an include of linux/types.h was dropped", "Include what the header uses; build it alone (CONFIG_UAPI_HEADER_TEST).");

    public static readonly ChangeKind Readable = new("header-became-readable", Compatible, Adds, true, true,
        "A header that did not compile by itself does now; nothing in it could be compared.", "a missing include was added", "None needed.");

    public static readonly ChangeKind IncludeDropped = new("include-dropped", Risky, Removes, false, true,
        "A header no longer includes another, and names that came with that are not reached from it any more.",
        "linux/uuid.h without linux/types.h: __u32, __le16", "Keep the include, or include what the dropped header defined.");

    public static IEnumerable<ChangeKind> All => [Added, Removed, Unreadable, Readable, IncludeDropped];
}
