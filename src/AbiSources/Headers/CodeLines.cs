using System.Text.RegularExpressions;

namespace Faultline.AbiSources.Headers;

/// <summary>A header's text as its directives are told from it.</summary>
internal static partial class CodeLines
{
    /// <summary>The text with a blank for each comment, and lines that go on in the next as one.</summary>
    public static string Of(string text) => Comment().Replace(
        Continued().Replace(text, ""), match => match.Value[0] == '/' ? " " : match.Value);

    [GeneratedRegex(@"\\\r?\n", RegexOptions.CultureInvariant)]
    private static partial Regex Continued();

    /// <summary>A comment, or what may hold the beginning of one and is none: a string, a character, the name in an include.</summary>
    [GeneratedRegex("""/\*.*?(?:\*/|\z)|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?<=include[ \t]*)<[^>\n]*>""",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Comment();
}
