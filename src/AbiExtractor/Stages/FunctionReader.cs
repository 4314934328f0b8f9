using Faultline.AbiExtractor.Clang;
using static Faultline.AbiExtractor.Clang.NativeMethods;

namespace Faultline.AbiExtractor.Stages;

/// <summary>Functions of a header: what they take and give, and the tokens of those that have a body there.</summary>
internal sealed class FunctionReader(TranslationUnit unit)
{
    /// <summary>What stands between the types of a function and its body; that of a record without a name has no blank.</summary>
    public const string BodyStart = " { ";

    private readonly TypeText _types = new(new(unit));

    private readonly Dictionary<string, IReadOnlyList<SourceToken>> _tokens = new(StringComparer.Ordinal);

    /// <summary>What a function has that comes out of a macro: a body, as far as anybody tells.</summary>
    private const string Unread = "{ ... }";

    /// <summary>A function as <see cref="UnresolvedSpec.Body"/> has it: <c>u16 (u16, const u8 *) { return #0 ; }</c>.</summary>
    /// <param name="unnamed">Gets the records without a name that it takes or gives, in the order of the text.</param>
    public string Read(CXCursor function, string name, SourcePlace place, List<CXCursor> unnamed)
    {
        var body = string.Join(' ', Body(name, place, Names(function)));
        var signature = _types.Signature(clang_getCursorType(function), unnamed);
        return body.Length == 0 ? signature : $"{signature} {body}";
    }

    private static List<string> Names(CXCursor function) =>
        [.. Enumerable.Range(0, Math.Max(0, clang_Cursor_getNumArguments(function)))
            .Select(index => Take(clang_getCursorSpelling(clang_Cursor_getArgument(function, (uint)index))))];

    /// <summary>
    /// The tokens of a body, parameters by their number; none where the header has none. Whatever a condition leaves
    /// out is there too.
    /// </summary>
    private IEnumerable<string> Body(string name, SourcePlace place, List<string> parameters)
    {
        if (!_tokens.TryGetValue(place.File, out var tokens))
            _tokens.Add(place.File, tokens = [.. unit.TokensOfFile(place.File).Where(token => token.Kind != TokenKind.Comment)]);
        var (start, depth) = (First(tokens, place), 0);
        if (start < tokens.Count && tokens[start].Text != name)
            return [Unread];
        while (start < tokens.Count && (depth > 0 || tokens[start].Text is not ("{" or ";")))
            depth += Depth(tokens[start++].Text, "(", ")");
        if (start >= tokens.Count || tokens[start].Text == ";")
            return [];
        var end = start;
        do
            depth += Depth(tokens[end++].Text, "{", "}");
        while (end < tokens.Count && depth > 0);
        return depth > 0 ? []
            : tokens.Skip(start).Take(end - start)
                .Select(token => parameters.IndexOf(token.Text) is >= 0 and var index ? $"#{index}" : token.Text);
    }

    private static int Depth(string token, string open, string close) => token == open ? 1 : token == close ? -1 : 0;

    /// <summary>The token that stands at a place; tokens are in the order of a file.</summary>
    private static int First(IReadOnlyList<SourceToken> tokens, SourcePlace place)
    {
        var (low, high) = (0, tokens.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if ((tokens[middle].Line, tokens[middle].Column).CompareTo((place.Line, place.Column)) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
