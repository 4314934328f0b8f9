using System.Globalization;
using System.Text;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>C names in C# dress. The first place in the generator where a C# identifier exists.</summary>
internal static class CSharpName
{
    /// <summary>Words that name nothing unless an <c>@</c> stands in front.</summary>
    public static readonly IReadOnlyList<string> Reserved =
        ("abstract as base bool break byte case catch char checked class const continue decimal default "
            + "delegate do double else enum event explicit extern false finally fixed float for foreach goto if "
            + "implicit in int interface internal is lock long namespace new null object operator out override "
            + "params private protected public readonly ref return sbyte sealed short sizeof stackalloc static "
            + "string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual "
            + "void volatile while __arglist __makeref __reftype __refvalue").Split(' ');

    /// <summary>With those that are words in some places only: naming something so is allowed there, and never wise.</summary>
    private static readonly HashSet<string> Keywords = new(
        Reserved.Concat(("add alias allows and ascending assembly async await by descending equals "
            + "extension field file from get global group init into join let managed method module nameof not "
            + "notnull on or orderby param partial property record remove required scoped select set type typevar "
            + "unmanaged value var when where with yield").Split(' ')),
        StringComparer.Ordinal);

    /// <summary>
    /// <c>uffdio_api</c> and <c>UFFDIO_API</c> both give <c>UffdioApi</c>; inner capitals of a mixed part stay:
    /// <c>bNumEndpoints</c> gives <c>BNumEndpoints</c>.
    /// </summary>
    public static string Pascal(string name)
    {
        var text = new StringBuilder();
        foreach (var part in Clean(name).Split(['_'], StringSplitOptions.RemoveEmptyEntries))
        {
            var shouted = part.All(c => !char.IsLower(c));
            text.Append(char.ToUpperInvariant(part[0])).Append(shouted ? part.Substring(1).ToLowerInvariant() : part.Substring(1));
        }
        if (text.Length == 0)
            return "_";
        return char.IsDigit(text[0]) ? "_" + text : text.ToString();
    }

    /// <summary>
    /// The same without the first of the prefixes that the name begins with, in any letter case: <c>UFFD</c> makes
    /// <c>Api</c> of <c>UFFD_API</c>.
    /// </summary>
    public static string Pascal(string name, EquatableArray<string> prefixes)
    {
        foreach (var prefix in prefixes)
        {
            var start = prefix.TrimEnd('_') + "_";
            if (name.Length > start.Length && name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                return Pascal(name.Substring(start.Length));
        }
        return Pascal(name);
    }

    /// <summary>The C name itself, which C# takes as it is unless it is a keyword.</summary>
    public static string Verbatim(string name) => Keywords.Contains(name) ? "@" + name : Clean(name);

    /// <summary>C takes characters in names that C# does not, the dollar sign first of all.</summary>
    public static string Clean(string name) => name.All(IsPart) ? name : string.Concat(name.Select(c => IsPart(c) ? c : '_'));

    /// <summary>What C# takes in an identifier behind its first character; of the first, C has excluded the rest.</summary>
    private static bool IsPart(char c) => c < '\u0080'
        ? c is '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')
        : CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.LetterNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.Format;
}
