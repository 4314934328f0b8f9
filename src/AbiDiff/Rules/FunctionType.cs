namespace Faultline.AbiDiff.Rules;

/// <summary>A function's type taken apart: <c>s32 (u16, const u8 *) *</c>.</summary>
/// <param name="Takes">What it takes, in order; <c>...</c> stands for any others.</param>
/// <param name="Behind">What stands behind its arguments: <c> *</c> for a pointer to it, nothing for the function.</param>
internal sealed record FunctionType(string Gives, IReadOnlyList<string> Takes, string Behind)
{
    /// <summary>Whether nobody checks what it is called with: <c>int (*f)()</c> before C23.</summary>
    public bool TakesAnything => Takes is ["..."];

    /// <summary>Takes a text apart; null when it does not tell of a function.</summary>
    public static FunctionType? Of(string text)
    {
        var (end, depth) = (text.LastIndexOf(')'), 0);
        for (var start = end; start > 0; start--)
        {
            depth += text[start] switch { ')' => 1, '(' => -1, _ => 0 };
            if (depth == 0)
                return new(text[..start].TrimEnd(), Arguments(text[(start + 1)..end]), text[(end + 1)..]);
        }
        return null;
    }

    private static List<string> Arguments(string text)
    {
        List<string> found = [];
        var (depth, start) = (0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            depth += text[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[at] != ',' || depth > 0)
                continue;
            found.Add(text[start..at].Trim());
            start = at + 1;
        }
        if (text[start..].Trim() is { Length: > 0 } last)
            found.Add(last);
        return found;
    }
}
