using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Languages;

/// <summary>Macros with which Rust crates make ioctl requests: nix's <c>ioctl_readwrite!</c> family and <c>ioctl_iowr_nr!</c> of
/// vmm-sys-util.</summary>
internal static class RustIoctls
{
    private static readonly Dictionary<string, string> Macros = new(StringComparer.Ordinal)
    {
        ["ioctl_none"] = "_IO", ["ioctl_io_nr"] = "_IO",
        ["ioctl_read"] = "_IOR", ["ioctl_read_buf"] = "_IOR", ["ioctl_ior_nr"] = "_IOR",
        ["ioctl_write_ptr"] = "_IOW", ["ioctl_write_buf"] = "_IOW", ["ioctl_write_int"] = "_IOW", ["ioctl_iow_nr"] = "_IOW",
        ["ioctl_readwrite"] = "_IOWR", ["ioctl_readwrite_buf"] = "_IOWR", ["ioctl_iowr_nr"] = "_IOWR",
    };

    /// <summary>Macros that take the whole request as a number.</summary>
    private static readonly string[] Numbered = ["ioctl_none_bad", "ioctl_read_bad", "ioctl_write_ptr_bad", "ioctl_write_int_bad",
        "ioctl_readwrite_bad"];

    /// <summary>The request that a macro defines, or null when this is another macro.</summary>
    /// <param name="at">Of the macro's name; an exclamation mark follows.</param>
    public static Definition? Read(TokenList code, int at)
    {
        var isNumber = Numbered.Contains(code[at].Text);
        if ((!isNumber && !Macros.ContainsKey(code[at].Text)) || code.At(at + 2) is not { Kind: TokenKind.Mark, Text: "(" or "{" or "[" })
            return null;
        var arguments = Arguments(code, at + 3);
        if (arguments.Count < 2 || arguments[0].LastOrDefault() is not { Kind: TokenKind.Name } name)
            return null;
        // Functions are written in lower case; the request they make is the constant of that name.
        var upper = name.Text.ToUpperInvariant();
        if (isNumber)
            return new(upper, "", arguments[1], name.Line);
        if (arguments.Count < 3)
            return null;
        var (macro, line) = (Macros[code[at].Text], name.Line);
        IReadOnlyList<Token> type = code[at].IsWord("ioctl_write_int") ? [new(TokenKind.Name, "int", line, false)] : arguments.Count > 3
            ? arguments[3] : [];
        List<Token> expression = [new(TokenKind.Name, macro, line, false), Mark("("), .. arguments[1], Mark(","), .. arguments[2]];
        if (macro != "_IO")
            expression.AddRange([Mark(","), .. type]);
        expression.Add(Mark(")"));
        // uffdio_api and raw::_UFFDIO_API both say which request it is.
        return new(upper, "", expression, line) { OtherName = arguments[2].LastOrDefault().Text?.TrimStart('_') ?? "" };

        Token Mark(string text) => new(TokenKind.Mark, text, line, false);
    }

    private static List<ArraySegment<Token>> Arguments(TokenList code, int from)
    {
        var arguments = new List<ArraySegment<Token>>();
        while (from < code.Count && arguments.Count < 8)
        {
            var end = code.Until(from, ",");
            if (end > from)
                arguments.Add(code.Slice(from, end));
            if (!code.At(end).Is(","))
                break;
            from = end + 1;
        }
        return arguments;
    }
}
