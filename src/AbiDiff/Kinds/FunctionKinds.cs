using static Faultline.AbiDiff.Effect;
using static Faultline.AbiDiff.Severity;

namespace Faultline.AbiDiff.Kinds;

/// <summary>Kinds of drift in functions. A program has the code of an inline one in itself, so none of it touches a built one.</summary>
public static class FunctionKinds
{
    public static readonly ChangeKind Added = new("function-added", Compatible, Adds, true, true,
        "A function is new.", "valid_event() of linux/cn_proc.h", "None needed.");

    public static readonly ChangeKind Removed = new("function-removed", Breaking, Removes, false, true,
        "A function is gone: a program that calls it does not compile.", "ep_take_care_of_epollwakeup() of linux/eventpoll.h",
        "Keep it in the header.");

    public static readonly ChangeKind SignatureChanged = new("function-signature-changed", Breaking, Alters, false, true,
        "A function takes another number of arguments, or takes or gives something that the old one does not become by itself.",
        "f(struct a *) -> f(struct b *)", "Use a new name for the new form.");

    public static readonly ChangeKind Retyped = new("function-retyped", Risky, Alters, true, true,
        "A function takes or gives another number, or the same behind a pointer that gained or lost a const or another sign.",
        "f(char *) -> f(const char *)", "Keep the types.");

    public static readonly ChangeKind BodyChanged = new("function-body-changed", Risky, Alters, true, true,
        "A function takes and gives the same and does something else, or the same in other words.",
        "return x & 0xff; -> return x & 0x7f;", "Use a new name for another meaning.");

    public static readonly ChangeKind BodyRemoved = new("function-body-removed", Breaking, Removes, false, true,
        "A function is only declared and has no body any more: a program that calls it does not link.",
        "static inline int f(int x) { return x; } -> int f(int x);", "Keep the body in the header.");

    public static readonly ChangeKind BecameMacro = new("function-became-macro", Risky, Adds, false, true,
        "A function is a macro now: nothing takes its address.", "static inline f(x) -> #define f(x)",
        "None needed where it is only called.");

    public static IEnumerable<ChangeKind> All => [Added, Removed, SignatureChanged, Retyped, BodyChanged, BodyRemoved, BecameMacro];
}
