namespace Faultline.AbiConsumers.Syntax;

/// <summary>How one language spells what is no code, and its numbers.</summary>
internal sealed record LexicalRules
{
    /// <summary>What starts a comment to the end of the line: <c>//</c>, <c>#</c>.</summary>
    public string LineComment { get; init; } = "//";

    /// <summary>Whether there are comments between <c>/*</c> and <c>*/</c>.</summary>
    public bool BlockComments { get; init; } = true;

    /// <summary>Whether such comments nest.</summary>
    public bool NestedComments { get; init; }

    /// <summary>What opens a string that holds newlines, and closes it again.</summary>
    public IReadOnlyList<string> LongQuotes { get; init; } = [];

    /// <summary>What begins a string that ends with the line, as <c>\\</c> does in Zig; or empty.</summary>
    public string LineStrings { get; init; } = "";

    /// <summary>Whether <c>'</c> begins a string rather than a character.</summary>
    public bool SingleQuotedStrings { get; init; }

    /// <summary>Whether <c>'a</c> without a closing quote is a name of a lifetime.</summary>
    public bool Lifetimes { get; init; }

    /// <summary>Whether <c>r#"…"#</c> is a string.</summary>
    public bool HashedRawStrings { get; init; }

    /// <summary>Whether 017 is fifteen.</summary>
    public bool LeadingZeroIsOctal { get; init; }

    /// <summary>Whether <c>a | b + c</c> reads as in Go, where <c>|</c> and <c>+</c> bind alike.</summary>
    public bool GoPrecedence { get; init; }
}
