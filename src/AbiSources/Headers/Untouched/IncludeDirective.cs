using System.Text.RegularExpressions;

namespace Faultline.AbiSources.Headers.Untouched;

/// <summary>An include of a header's text, whatever condition that stands under.</summary>
/// <param name="Name">As it is written; null where a macro gives it, or a comment stands before it.</param>
/// <param name="IsBeside">Whether it is looked for next to the header first.</param>
/// <param name="IsNext">Whether the search goes on where the header itself was found.</param>
internal sealed partial record IncludeDirective(string? Name, bool IsBeside, bool IsNext)
{
    public static IEnumerable<IncludeDirective> In(string text) => Include().Matches(text).Select(match => new IncludeDirective(
        match.Groups["name"] is { Success: true } name ? name.Value : null,
        match.Groups["open"].Value == "\"", match.Groups["next"].Success));

    [GeneratedRegex("""^[ \t]*#[ \t]*include(?<next>_next)?\b[ \t]*(?:(?<open>[<"])(?<name>[^">\r\n]+)[">])?""", RegexOptions.Multiline)]
    private static partial Regex Include();
}
