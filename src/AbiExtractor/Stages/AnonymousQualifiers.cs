using Faultline.AbiExtractor.Clang;
using static Faultline.AbiExtractor.Clang.NativeMethods;

namespace Faultline.AbiExtractor.Stages;

/// <summary>
/// <c>const</c> and <c>volatile</c> of an anonymous member. clang leaves them out of its type, and gcc holds programs to them: they are
/// read from the text around the record.
/// </summary>
internal static class AnonymousQualifiers
{
    private const int MostMacros = 8;

    /// <summary>
    /// The qualifiers that stand in front of a record or behind it, up to the semicolon, be it by macros that name them.
    /// </summary>
    /// <param name="member">The member without a name.</param>
    /// <param name="record">The record that it is.</param>
    public static string Of(TranslationUnit unit, CXCursor member, CXCursor record)
    {
        var whole = clang_getCursorExtent(record);
        var (from, to) = (clang_getRangeStart(clang_getCursorExtent(member)), clang_getRangeStart(whole));
        // Of one macro that holds both, its own text is what stands between them; else that of the place where it is used.
        var before = unit.Place(from) == unit.Place(to) ? unit.Tokens(clang_getRange(from, to)) : unit.TokensBetween(from, to);
        var words = before.Concat(unit.TokensBehind(whole)).SelectMany(token => Expanded(unit, token, 0)).ToHashSet(StringComparer.Ordinal);
        return TypeText.Qualifiers(words.Contains("const"), words.Contains("volatile"));
    }

    private static IEnumerable<string> Expanded(TranslationUnit unit, SourceToken token, int depth)
    {
        if (token.Kind == TokenKind.Comment)
            return [];
        return depth < MostMacros && unit.Macros.TryGetValue(token.Text, out var macro)
            ? unit.Tokens(clang_getCursorExtent(macro)).Skip(1).TakeWhile(part => part.Text != "{")
                .SelectMany(part => Expanded(unit, part, depth + 1))
            : [token.Text.Trim('_')];
    }
}
