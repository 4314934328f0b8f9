namespace Faultline.AbiModel;

/// <summary>One side of a comparison: a model, what people call it, and what it can speak for.</summary>
/// <param name="Name">For example <c>v6.12:linux/userfaultfd.h</c> or a path as the user wrote it.</param>
public sealed record AbiSide(string Name, AbiSpec Spec)
{
    public AbiCoverage Coverage { get; init; } = AbiCoverage.Whole;

    /// <summary>
    /// What a program gets from the headers that this one includes, of the names that the other side was known to have:
    /// with a location each. Empty where nobody asked, or the side is not a header.
    /// </summary>
    public AbiSpec Elsewhere { get; init; } = new();

    /// <summary>What the other, older side includes and this one does not; null where nothing is missing, or nobody asked.</summary>
    public DroppedIncludes? Dropped { get; init; }

    /// <summary>What the header that it includes instead makes of names; null where it includes no other, or nobody asked.</summary>
    public SwappedNames? Swapped { get; init; }

    /// <summary>The files that a header was read from, as the compiler names them; none of another side.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>What a reader should know of how it was read; null when there is nothing.</summary>
    public string? Note { get; init; }
}

/// <summary>One header on both sides; null where it does not exist or cannot be read.</summary>
public sealed record AbiPair(string Header, AbiSide? Old, AbiSide? New)
{
    /// <summary>
    /// The compiler's first words when the old side has the header and it cannot be read; null when it can, or is not
    /// there.
    /// </summary>
    public string? OldError { get; init; }

    /// <summary>
    /// The compiler's first words when the new side has the header and it cannot be read; null when it can, or is not
    /// there.
    /// </summary>
    public string? NewError { get; init; }
}
