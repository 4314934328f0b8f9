using System.Text.RegularExpressions;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>A type without its typedefs, as <see cref="FieldSpec.Full"/> writes it: its qualifiers, and what a function takes.</summary>
internal static partial class FullType
{
    /// <summary>The type of a field; null where its source does not tell.</summary>
    public static string? Of(FieldSpec field) => field switch
    {
        { Full.Length: > 0 } => field.Full,
        _ when IsQualified(field.CType) || HasRank(field.CType) => null,
        { Type.Kind: TypeKind.Pointer, Pointee: null or { Kind: TypeKind.Pointer } } => null,
        { Type.Kind: TypeKind.Pointer } => $"{field.Pointee} *{field.Type.ToString()[field.Type.Name.Length..]}",
        { Type.Kind: TypeKind.Inline } => field.CType,
        _ => field.Type.ToString(),
    };

    /// <summary>The type that a typedef names; null where its source does not tell.</summary>
    public static string? Of(TypedefSpec typedef) => typedef switch
    {
        { Full.Length: > 0 } => typedef.Full,
        { Type.Kind: TypeKind.Pointer } => null,
        _ when IsQualified(typedef.CType) || HasRank(typedef.CType) || IsFunction(typedef.CType) => null,
        _ => typedef.Type.ToString(),
    };

    public static bool IsFunction(string text) => text.Contains('(', StringComparison.Ordinal);

    /// <summary>Whether a spelling says what a layout leaves out: a qualifier, a function, a pointer to a pointer.</summary>
    public static bool IsBeyondLayout(string spelling) => IsQualified(spelling)
        || spelling.Contains(")(", StringComparison.Ordinal) || spelling.Contains("**", StringComparison.Ordinal);

    private static bool IsQualified(string text) => Unqualified(text) != text;

    public static string Unqualified(string text) => Suffix().Replace(Prefix().Replace(text, ""), "");

    /// <summary>What a pointer, or each pointer of an array, points to, without qualifiers; null for anything else.</summary>
    public static string? Target(string text) => Unqualified(text) is var plain && plain.LastIndexOf('*') is >= 0 and var star
        ? plain[..star].TrimEnd() : null;

    /// <summary>The lengths of an array of pointers: <c>[4]</c>, nothing for a pointer.</summary>
    public static string Rows(string text) => Unqualified(text) is var plain ? plain[(plain.LastIndexOf('*') + 1)..].Trim() : "";

    /// <summary>The word of a spelling that arrays, pointers and qualifiers stand around: <c>t</c> of <c>const t *[4]</c>.</summary>
    public static string Named(string spelling) => Unqualified(spelling.Split('[', '*')[0].Trim());

    /// <summary>Two types as a message shows them: as they are spelled, or where that is the same, what the spelling stands for.</summary>
    public static (string Old, string New) Told(string was, string now, string? full, string? fullNow) =>
        was == now ? (full ?? was, fullNow ?? now) : (was, now);

    /// <summary>The text without what tells integers of the same bytes apart: <c>s64l *</c> is <c>s64 *</c>.</summary>
    public static string WithoutRanks(string text) => Ranks().Replace(text, "$1");

    /// <summary>
    /// Whether two texts that are the same without ranks differ in what is <c>long</c>, and not in a sort of <c>char</c> alone.
    /// </summary>
    public static bool AreOtherLongs(string was, string now) => Chars().Replace(was, "$1") != Chars().Replace(now, "$1");

    /// <summary>Whether a spelling says a type for which a text in full has a mark, as a model of before has not.</summary>
    private static bool HasRank(string spelling) => Ranked().IsMatch(spelling);

    /// <summary>The qualifiers of a type itself, not of what is behind a pointer.</summary>
    public static string Own(string text)
    {
        var words = text[(text.LastIndexOf('*') + 1)..].Split(' ', '[');
        return (words.Contains("const"), words.Contains("volatile")) switch
        {
            (true, true) => "const volatile",
            (true, _) => "const",
            (_, true) => "volatile",
            _ => "",
        };
    }

    /// <summary>The type with further qualifiers.</summary>
    public static string Qualified(string text, string qualifiers)
    {
        if (qualifiers.Length == 0)
            return text;
        var star = text.LastIndexOf('*');
        var (behind, own) = (text[..(star + 1)], Unqualified(text[(star + 1)..]));
        var all = Own($"{Own(text)} {qualifiers}");
        return star < 0 ? $"{all} {own}" : $"{behind} {all}{own}";
    }

    [GeneratedRegex(@"\b([su]8)[sc]\b", RegexOptions.CultureInvariant)]
    private static partial Regex Chars();

    [GeneratedRegex(@"\b([su]\d+)[lsc]\b", RegexOptions.CultureInvariant)]
    private static partial Regex Ranks();

    [GeneratedRegex(@"(?<!long )\blong\b(?! long| double)|\bsigned char\b", RegexOptions.CultureInvariant)]
    private static partial Regex Ranked();

    [GeneratedRegex(@"\b(const|volatile) ", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();

    [GeneratedRegex(@" (const|volatile)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Suffix();

    /// <summary>The type as it is when the thing itself is not const: what is behind a pointer keeps its qualifiers.</summary>
    public static string WithoutOwnConst(string text)
    {
        var star = text.LastIndexOf('*');
        var (behind, own) = star < 0 ? ("", text) : (text[..(star + 1)], text[(star + 1)..]);
        return IsFunction(own) ? text : behind + Without(own);
    }

    /// <summary>The words of a type but <c>const</c>, with what stands behind that in brackets.</summary>
    private static string Without(string own) => own.Replace(" const", "", StringComparison.Ordinal) is var plain
        && plain.StartsWith("const ", StringComparison.Ordinal) ? plain["const ".Length..] : plain;
}
