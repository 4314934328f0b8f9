using System.Text.RegularExpressions;

namespace Faultline.AbiSources.Headers.Untouched;

/// <summary>One directive or declaration that stands at the top level of a header.</summary>
/// <param name="Conditions">The conditions that it stands under, as they are written.</param>
/// <param name="Text">Its code, without comments.</param>
internal sealed partial record HeaderPiece(string Conditions, string Text)
{
    /// <summary>
    /// Words that name nothing new where a name or a star follows them: of the language, and the integers of all headers.
    /// </summary>
    private static readonly HashSet<string> Types = new(
    [
        "__u8", "__u16", "__u32", "__u64", "__s8", "__s16", "__s32", "__s64", "__le16", "__le32", "__le64", "__be16", "__be32", "__be64",
        "__aligned_u64", "__aligned_s64", "__aligned_be64", "__aligned_le64", "__kernel_size_t", "__kernel_pid_t", "__kernel_time_t",
    ], StringComparer.Ordinal);

    private static readonly HashSet<string> Keywords = new(
    [
        "struct", "union", "enum", "typedef", "const", "volatile", "static", "extern", "inline", "__inline__", "__inline", "register",
        "restrict",
        "void", "char", "short", "int", "long", "float", "double", "signed", "unsigned", "__signed__", "__int128", "_Bool",
        "return", "if", "else", "for", "while", "do", "switch", "case", "default", "break", "continue", "goto", "sizeof",
        "define", "undef", "defined", "ifdef", "ifndef", "elif", "endif",
    ], StringComparer.Ordinal);

    /// <summary>
    /// The names that the piece may give a meaning to, and some more; null when it may mean something to what is around it without
    /// being named: an include, a pragma, an error.
    /// </summary>
    public IReadOnlySet<string>? Names()
    {
        if (Text[0] == '#')
            return Macro().Match(Text) is { Success: true } macro ? new HashSet<string> { macro.Groups[1].Value } : null;
        if (Text.Contains('\n', StringComparison.Ordinal) && Inner().IsMatch(Text))
            return null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; Word().Match(Text, at) is { Success: true } word;)
        {
            at = word.Index + word.Length;
            if (word.Value is "__attribute__" or "__attribute")
                at = Behind(at);
            else if (!Keywords.Contains(word.Value) && !(Types.Contains(word.Value) && IsUse(at)))
                names.Add(word.Value);
        }
        return names;
    }

    private bool IsUse(int end)
    {
        while (end < Text.Length && Text[end] == ' ')
            end++;
        return end < Text.Length && (Text[end] == '*' || char.IsAsciiLetter(Text[end]) || Text[end] == '_')
            && !Text.AsSpan(end).StartsWith("__attribute", StringComparison.Ordinal);
    }

    /// <summary>The place behind the parentheses of an attribute.</summary>
    private int Behind(int at)
    {
        var depth = 0;
        for (; at < Text.Length; at++)
        {
            depth += Text[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0 && Text[at] != ' ')
                return Math.Min(at + 1, Text.Length);
        }
        return Text.Length;
    }

    [GeneratedRegex(@"^# ?(?:define|undef) (\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Macro();

    /// <summary>A directive inside a declaration that reaches beyond it.</summary>
    [GeneratedRegex(@"^# ?(?:include|include_next|pragma|error|warning|line|import)\b",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Inner();

    [GeneratedRegex(@"\b[A-Za-z_]\w*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
