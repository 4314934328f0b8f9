namespace Faultline.AbiDiff.Rules;

/// <summary>The order of bytes that a type's spelling promises: <c>__be32</c>, <c>__le64[4]</c>.</summary>
internal static class ByteOrder
{
    /// <summary>Whether both spellings promise an order, and another.</summary>
    public static bool Differs(string was, string now) => Of(was) is { } order && Of(now) is { } other && order != other;

    /// <summary><c>be</c> or <c>le</c>; null when the spelling promises none.</summary>
    private static string? Of(string spelling) => spelling.TrimStart('_') switch
    {
        ['b', 'e', >= '1' and <= '6', ..] => "be",
        ['l', 'e', >= '1' and <= '6', ..] => "le",
        _ => null,
    };
}
