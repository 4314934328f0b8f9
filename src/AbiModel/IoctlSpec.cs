namespace Faultline.AbiModel;

/// <summary>Who copies the argument, from user space's side: <see cref="Read"/> means the kernel writes it.</summary>
[System.Flags]
public enum IoctlDirection
{
    None = 0,
    Read = 1,
    Write = 2,
    ReadWrite = Read | Write,
}

/// <summary>
/// One ioctl request, a macro or an enumerator, defined through <c>_IO</c>, <c>_IOR</c>, <c>_IOW</c>, <c>_IOWR</c> or
/// <c>_IOC</c>.
/// </summary>
public sealed record IoctlSpec
{
    public string Name { get; init; } = "";

    public IoctlDirection Direction { get; init; }

    /// <summary>The magic byte.</summary>
    public int Type { get; init; }

    public int Number { get; init; }

    /// <summary>The argument size encoded in the request, in bytes.</summary>
    public int Size { get; init; }

    /// <summary>The argument's type as C spells it, or empty when the request has none or only tells its size.</summary>
    public string Argument { get; init; } = "";

    public TypeRef ArgumentType { get; init; } = TypeRef.Void;

    /// <summary>The request as it is passed to ioctl(2).</summary>
    public uint Code { get; init; }

    /// <summary>Whether it is an enumerator, which its enum in <see cref="AbiSpec.Enums"/> has too, and no macro.</summary>
    public bool Enumerator { get; init; }

    public string Doc { get; init; } = "";
}

/// <summary>Something in the header that the model cannot express.</summary>
public sealed record UnresolvedSpec
{
    public string Name { get; init; } = "";

    /// <summary>One of <c>function-like</c>, <c>empty</c>, <c>not-an-expression</c>, <c>not-constant</c>, <c>declaration</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>
    /// A macro's tokens with one blank between them, those of its parameters first; a function's types, and where it has a body its
    /// tokens with its parameters by number, <c>u16 (u16, const u8 *) { return #0 ; }</c>. Empty for a macro that expands to nothing,
    /// for anything else, and where nobody says.
    /// </summary>
    public string Body { get; init; } = "";

    /// <summary>
    /// What a macro that takes arguments is for some of them; empty when none of them gives a whole number, or nobody
    /// asked.
    /// </summary>
    public EquatableArray<MacroSample> Samples { get; init; }

    /// <summary>The type of a typedef for an array of a record without a name, <c>const struct {...}[4]</c>; else empty.</summary>
    public string Full { get; init; } = "";

    /// <summary>
    /// The records without a name in <see cref="Full"/>, or in what a function takes and gives, in the order in which the text has a
    /// <c>{...}</c> for each.
    /// </summary>
    public EquatableArray<StructSpec> Unnamed { get; init; }

    /// <summary>Why, in the compiler's words where it has some.</summary>
    public string Reason { get; init; } = "";

    /// <summary><c>header:line</c>, the header as programs include it.</summary>
    public string At { get; init; } = "";
}

/// <summary>The place of one named thing.</summary>
public sealed record LocationSpec
{
    /// <summary>A macro's name, or the <c>Id</c> of a record or enum.</summary>
    public string Name { get; init; } = "";

    /// <summary><c>header:line</c>, the header as programs include it.</summary>
    public string At { get; init; } = "";
}
