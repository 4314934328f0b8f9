namespace Faultline.AbiDiff.Rules;

/// <summary>Names by which a field says that it only keeps space: those that the kernel's scripts/check-uapi.sh knows, and more.</summary>
internal static class ReservedName
{
    private static readonly string[] Parts = ["reserved", "rsvd", "resvd", "unused", "spare", "padding", "filler"];

    private static readonly HashSet<string> Words = new(["pad", "resv", "rsv", "mbz", "fill", "hole"], StringComparer.Ordinal);

    /// <summary>Names that mean something else inside longer ones; all but zeros keep space with a <c>_</c> in front only.</summary>
    private static readonly HashSet<string> Wholes = new(["zero", "zeros", "zeroes", "align", "opaque"], StringComparer.Ordinal);

    public static bool Is(string name)
    {
        var lower = name.ToLowerInvariant();
        return Parts.Any(part => lower.Contains(part, StringComparison.Ordinal))
            || lower.Split('_').Any(word => Words.Contains(word.TrimEnd("0123456789".ToCharArray())))
            || (lower.Trim('_') is var whole && Wholes.Contains(whole.TrimEnd("0123456789".ToCharArray()))
                && (whole[0] == 'z' || lower[0] == '_'));
    }
}
