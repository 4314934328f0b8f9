namespace Faultline.AbiDiff;

/// <summary>How much a change can hurt. The order is that of <c>--fail-on</c>.</summary>
public enum Severity
{
    /// <summary>Programs built against either side keep compiling and keep meaning the same.</summary>
    Compatible,

    /// <summary>Some programs keep working and some do not, depending on how they use what changed.</summary>
    Risky,

    /// <summary>A program that used what changed stops compiling, or means something else to the kernel.</summary>
    Breaking,
}

/// <summary>What a change does to the set of things a header offers.</summary>
public enum Effect
{
    /// <summary>Something is there that was not; the other way round it is a <see cref="Removes"/>.</summary>
    Adds,

    /// <summary>Something is gone that was there; the other way round it is an <see cref="Adds"/>.</summary>
    Removes,

    /// <summary>Something is there on both sides and differs.</summary>
    Alters,
}

/// <summary>One kind of drift. Kinds are defined in docs/abi-drift-kinds.md, each with its example and remedy.</summary>
/// <param name="Id">Stable name, for example <c>flag-bit-reused</c>.</param>
/// <param name="SourceCompatible">Every program that compiled against the old header compiles against the new one.</param>
/// <param name="BinaryCompatible">Every program built against the old header means the same to a kernel of the new one.</param>
public sealed record ChangeKind(
    string Id, Severity Severity, Effect Effect, bool SourceCompatible, bool BinaryCompatible, string Title, string Example, string Remedy)
{
    public override string ToString() => Id;
}

/// <summary>One difference between two models.</summary>
/// <param name="Subject">The C name it is about: a macro, <c>struct x</c>, or <c>struct x.field</c>.</param>
/// <param name="Old">What stood there, or empty.</param>
/// <param name="New">What stands there, or empty.</param>
public sealed record AbiChange(ChangeKind Kind, string Subject, string Old, string New)
{
    /// <summary>The change on one line.</summary>
    public override string ToString() => (Old.Length, New.Length) switch
    {
        (0, 0) => $"{Kind.Id} {Subject}",
        (0, _) => $"{Kind.Id} {Subject}: {New}",
        (_, 0) => $"{Kind.Id} {Subject}: was {Old}",
        _ => $"{Kind.Id} {Subject}: {Old} -> {New}",
    };
}
