namespace Faultline.AbiModel;

/// <summary>How far a source can be trusted about one list of a model.</summary>
public enum Reach
{
    /// <summary>The side says nothing about such things: an empty list means nothing.</summary>
    None,

    /// <summary>The side is right about what it names, and what it does not name may exist all the same.</summary>
    Named,

    /// <summary>The side names everything there is: what is absent does not exist.</summary>
    Whole,
}

/// <summary>Properties of things that a source may not know even of what it names.</summary>
[System.Flags]
public enum AbiDetails
{
    None = 0,

    /// <summary><see cref="AbiSpec.Target"/>.</summary>
    Target = 1,

    /// <summary><see cref="StructSpec.Align"/>.</summary>
    Alignment = 2,

    /// <summary><see cref="StructSpec.Packed"/>.</summary>
    Packing = 4,

    /// <summary><see cref="ConstantSpec.Type"/>: the C type of a macro's expression.</summary>
    ConstantTypes = 8,

    /// <summary><see cref="IoctlSpec.ArgumentType"/>.</summary>
    IoctlArguments = 16,

    /// <summary>The dimensions of arrays beyond the number of elements, and whether an array without elements is flexible or of length 0.</summary>
    ArrayShape = 32,

    /// <summary>
    /// Whether <c>char</c> is signed: code says how it was compiled (<c>-funsigned-char</c>, the kernel's since 6.2), not what
    /// programs get.
    /// </summary>
    CharacterSign = 64,

    /// <summary><c>const</c>, <c>volatile</c>, and what functions take that are pointed to.</summary>
    Qualifiers = 128,
}

/// <summary>What a model can speak for. A header speaks for everything; BTF knows no macros; a running kernel answers only what it is asked.</summary>
/// <remarks>A comparison is made over what both sides can tell, and says what was left out; the rules are in docs/abi-drift.md.</remarks>
public sealed record AbiCoverage
{
    /// <summary>What a header, or a model extracted from one, can answer.</summary>
    public static AbiCoverage Whole { get; } = new();

    public Reach Records { get; init; } = Reach.Whole;

    public Reach Enums { get; init; } = Reach.Whole;

    public Reach Typedefs { get; init; } = Reach.Whole;

    /// <summary>Constants, flags, events and macros without a value; which of these lists a macro is in follows from names alone.</summary>
    public Reach Macros { get; init; } = Reach.Whole;

    public Reach Ioctls { get; init; } = Reach.Whole;

    /// <summary>Beginnings of names of which it names all there is, though its reach over their list is only <see cref="Reach.Named"/>: <c>UFFD_FEATURE_</c>.</summary>
    public EquatableArray<string> AllOf { get; init; }

    /// <summary>What the side does not know even of what it names.</summary>
    public AbiDetails Unknown { get; init; }

    /// <summary>Why it does not know everything, for people: <c>BTF records the types that code uses, and no macros</c>.</summary>
    public string Because { get; init; } = "";
}
