namespace Faultline.Userfaultfd;

/// <summary>
/// A run of bytes in the address space of the process that opened the userfaultfd. The kernel wants both ends page-aligned.
/// </summary>
/// <param name="Start">Address of the first byte.</param>
/// <param name="Length">Length in bytes.</param>
public readonly record struct MemoryRange(nuint Start, nuint Length)
{
    /// <summary>Size of a base page in bytes.</summary>
    public static nuint PageSize { get; } = (nuint)Environment.SystemPageSize;

    /// <summary>Address of the first byte behind the range.</summary>
    public nuint End => Start + Length;

    /// <summary>Number of base pages the range covers.</summary>
    public nuint PageCount => Length / PageSize;

    /// <summary>The base page that holds <paramref name="address"/>.</summary>
    public static MemoryRange PageAround(nuint address) => new(address & ~(PageSize - 1), PageSize);

    /// <summary>The base pages <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> - 1 of this range.</summary>
    public MemoryRange Pages(nuint first, nuint count = 1) => new(Start + first * PageSize, count * PageSize);

    /// <summary>Whether <paramref name="address"/> lies in the range.</summary>
    public bool Contains(nuint address) => address >= Start && address - Start < Length;

    /// <inheritdoc/>
    public override string ToString() => $"0x{Start:x}+0x{Length:x}";
}
