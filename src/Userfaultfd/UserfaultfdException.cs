namespace Faultline.Userfaultfd;

/// <summary>A userfaultfd call failed. The message says which call, on which range, why, and what to do.</summary>
public class UserfaultfdException : IOException
{
    /// <summary>Creates the exception for a failed call.</summary>
    /// <param name="operation">The call as C names it: <c>UFFDIO_COPY</c>, <c>userfaultfd</c>, <c>read</c>.</param>
    /// <param name="errno">What the kernel answered.</param>
    /// <param name="range">The memory the call was about, when it was about memory.</param>
    /// <param name="hint">What it means here and what to do; null when nothing is known beyond the errno.</param>
    public UserfaultfdException(string operation, Errno errno, MemoryRange? range, string? hint)
        : base(Describe(operation, errno, range, hint), (int)errno)
    {
        Operation = operation;
        Errno = errno;
        Range = range;
        Hint = hint;
    }

    /// <summary>The call as C names it.</summary>
    public string Operation { get; }

    /// <summary>What the kernel answered.</summary>
    public Errno Errno { get; }

    /// <summary>The memory the call was about, if any.</summary>
    public MemoryRange? Range { get; }

    /// <summary>What the errno means for this call and what to do about it, if known.</summary>
    public string? Hint { get; }

    /// <summary>Bytes a filling ioctl finished before it failed; 0 for all other calls.</summary>
    public nuint BytesDone { get; init; }

    private static string Describe(string operation, Errno errno, MemoryRange? range, string? hint) =>
        $"{operation}{(range is null ? "" : $" on {range}")} failed with {errno}{(hint is null ? "." : $": {hint}")}";
}

/// <summary>The kernel does not offer a feature the caller requires.</summary>
public sealed class UserfaultfdFeatureException : UserfaultfdException
{
    internal UserfaultfdFeatureException(Abi.UffdFeature missing, Abi.UffdFeature offered, Errno errno)
        : base("UFFDIO_API", errno, null,
            $"this kernel does not offer {missing}; it offers {offered}. "
            + "Ask for it as optional, or boot a kernel (and config) that has it.")
    {
        Missing = missing;
        Offered = offered;
    }

    /// <summary>The required features the kernel lacks.</summary>
    public Abi.UffdFeature Missing { get; }

    /// <summary>Every feature the kernel offers.</summary>
    public Abi.UffdFeature Offered { get; }
}
