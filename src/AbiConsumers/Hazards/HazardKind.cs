namespace Faultline.AbiConsumers.Hazards;

/// <summary>A known misuse of userfaultfd.</summary>
/// <param name="Id">Its name in reports and options.</param>
/// <param name="Title">What the program does.</param>
/// <param name="Why">What comes of it.</param>
/// <param name="Kernels">Where, unless a finding says it more exactly.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Proofs">The rows that show it.</param>
public sealed record HazardKind(string Id, string Title, string Why, string Kernels, string Remedy, params IReadOnlyList<Proof> Proofs)
{
    public static HazardKind LostFirstWrites { get; } = new(
        "lost-first-writes",
        "Write-protects anonymous memory without UFFD_FEATURE_WP_UNPOPULATED.",
        "A page that was never touched has no entry that could be protected: the first write to it raises no event, and is lost to a "
            + "snapshot or a dirty log.",
        "all, as long as the feature is not asked for; it is offered from 6.4 on",
        "Ask for UFFD_FEATURE_WP_UNPOPULATED where the kernel offers it (or UFFD_FEATURE_WP_ASYNC, which implies it); elsewhere "
            + "populate the memory first, with MADV_POPULATE_READ.",
        new("R12", "base", "event", "none"), new("R12", "wp-unpopulated", "event", "wp|write"),
            new("R62", "base", "mismatched-holes", "some"), new("R62", "wp-unpopulated", "mismatched-holes", "none"));

    public static HazardKind NeedlessPreread { get; } = new(
        "needless-preread",
        "Populates memory only so that write protection holds.",
        "With UFFD_FEATURE_WP_UNPOPULATED an untouched page can be protected as it is: reading every page first costs time and page "
            + "tables for nothing.",
        "6.4 and later",
        "Ask for UFFD_FEATURE_WP_UNPOPULATED where the kernel offers it, and populate only where it does not.",
        new("R11", "wp-unpopulated", "pagemap", "M"), new("R11", "base", "pagemap", "-"),
            new("R62", "wp-unpopulated", "mismatched-holes", "none"));

    public static HazardKind ZeropageOverMissing { get; } = new(
        "zeropage-over-missing",
        "Registers for missing and write-protect faults together, with UFFD_FEATURE_WP_ZEROPAGE.",
        "Protecting a missing page installs the zero page: no missing fault comes any more, UFFDIO_COPY says EEXIST, and the reader "
            + "sees zeros in place of the data.",
        "those with the WP_ZEROPAGE series, which was never merged; bit 13 is WP_UNPOPULATED elsewhere",
        "Use UFFD_FEATURE_WP_UNPOPULATED, which keeps missing pages missing, or protect each page only after it was copied in.",
        new("R24", "wp-zeropage", "events", "wp|write"), new("R25", "wp-zeropage", "errno", "EEXIST"),
            new("R25", "wp-unpopulated", "errno", "ok"));

    public static HazardKind CopyDropsProtection { get; } = new(
        "copy-drops-protection",
        "Fills protected pages with UFFDIO_COPY without UFFDIO_COPY_MODE_WP.",
        "The page comes in writable: the protection that was set before is gone, and later writes raise no event.",
        "6.4 and later with UFFD_FEATURE_WP_UNPOPULATED or WP_ASYNC; with the WP_ZEROPAGE series the copy fails with EEXIST",
        "Copy with UFFDIO_COPY_MODE_WP into memory that is registered for write protection, or protect again after the copy.",
        new("R20", "wp-unpopulated", "events", "none"), new("R20", "wp-zeropage", "errno", "EEXIST"),
            new("R21", "wp-unpopulated", "events", "wp|write"));

    public static HazardKind ZeropageOntoMarker { get; } = new(
        "zeropage-onto-marker",
        "Fills protected pages with UFFDIO_ZEROPAGE.",
        "An untouched page that was protected holds a marker: UFFDIO_ZEROPAGE says EEXIST, where it succeeds on one that was not "
            + "protected.",
        "6.4 and later with UFFD_FEATURE_WP_UNPOPULATED or WP_ASYNC",
        "Expect EEXIST: lift the protection first, or copy a page of zeros with UFFDIO_COPY_MODE_WP.",
        new("R22", "upstream", "errno", "EEXIST"), new("R22", "base", "errno", "ok"));

    public static HazardKind OneStepHandshake { get; } = new(
        "one-step-handshake",
        "Asks for features without asking first which ones there are.",
        "A kernel that lacks one of them refuses all with EINVAL and zeroes the answer: the program cannot tell which is missing, "
            + "nor go on without it.",
        "those that lack one of the features",
        "Make a first handshake with no features on a descriptor used only for that, read what the answer offers, and ask on a "
            + "second descriptor for what is needed of it.",
        new("R1", "base", "errno", "EINVAL"), new("R1", "base", "answer", "zeroed"), new("R2", "base", "errno", "EINVAL"));

    public static HazardKind UncheckedAnswer { get; } = new(
        "unchecked-answer",
        "Uses what not every kernel has, and looks at no answer that would say so.",
        "A refused handshake leaves the descriptor unusable: registering and reading on it fail with EINVAL. An accepted one without "
            + "features promises none.",
        "those that refuse the handshake or lack what is used",
        "Check the result of UFFDIO_API, and read features (of the handshake) or ioctls (of UFFDIO_REGISTER) before relying on them.",
        new("R5", "base", "register", "EINVAL"), new("R5", "base", "read", "EINVAL"), new("R7-mode", "base", "unknown", "EINVAL"));

    public static HazardKind SecondHandshake { get; } = new(
        "second-handshake",
        "Makes a second handshake on one descriptor.",
        "Features are agreed on once: after a handshake that was accepted the next is refused with EINVAL, whatever it asks for, and "
            + "its answer is zeroed.",
        "all",
        "Close the descriptor of the first handshake and open another for the second; ask again on the same only where the first was "
            + "refused.",
        new("R4-second", "base", "errno", "EINVAL"), new("R4-after-failure", "base", "errno", "ok"));

    public static HazardKind EventNeverAsked { get; } = new(
        "event-never-asked",
        "Handles an event that no handshake asks for.",
        "Without its feature the event is not sent: after a fork or mremap the watch ends, and nothing tells the program.",
        "all",
        "Ask for the event's feature in the handshake, or drop the code that waits for the event.",
        new("R32", "wp-unpopulated", "child-pagemap", "-"), new("R33", "wp-unpopulated", "child-pagemap", "M"),
            new("R33", "base", "event", "fork"));

    public static HazardKind TypedNumber { get; } = new(
        "typed-number",
        "Writes a number of the header by hand.",
        "Requests are encoded in another way on mips, powerpc, sparc, alpha and parisc; and a feature's number says nothing of its "
            + "meaning: bit 13 is one feature in the kernels that have WP_UNPOPULATED and another in those with the WP_ZEROPAGE series.",
        "all that give the number another meaning",
        "Use the name from <linux/userfaultfd.h>, or a binding generated from it.",
        new("R2", "wp-zeropage", "features", "0x3fff"), new("R2", "wp-unpopulated", "features", "0x3fff"),
            new("R20", "wp-zeropage", "errno", "EEXIST"), new("R20", "wp-unpopulated", "errno", "ok"));

    /// <summary>All of them, in the order in which reports have them: what loses data first.</summary>
    public static IReadOnlyList<HazardKind> All { get; } =
    [
        LostFirstWrites, ZeropageOverMissing, CopyDropsProtection, ZeropageOntoMarker, UncheckedAnswer, OneStepHandshake, SecondHandshake,
            EventNeverAsked, TypedNumber, NeedlessPreread,
    ];
}
