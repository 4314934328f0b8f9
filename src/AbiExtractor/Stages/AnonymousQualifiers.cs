using Faultline.AbiExtractor.Clang;
using static Faultline.AbiExtractor.Clang.NativeMethods;

namespace Faultline.AbiExtractor.Stages;

/// <summary>
/// <c>const</c> and <c>volatile</c> of an anonymous member. clang leaves them out of its type, and gcc holds programs to them: they are
/// read from the text around the record.
/// </summary>
internal static class AnonymousQualifiers
{
    /// <summary>
    /// The qualifiers that stand in front of a record or behind it, up to the semicolon; empty where it comes out of a macro.
    /// </summary>
    /// <param name="member">The member without a name.</param>
    /// <param name="record">The record that it is.</param>
    public static string Of(TranslationUnit unit, CXCursor member, CXCursor record)
    {
        var whole = clang_getCursorExtent(record);
        var words = unit.Tokens(clang_getRange(clang_getRangeStart(clang_getCursorExtent(member)), clang_getRangeStart(whole)))
            .Concat(unit.TokensBehind(whole)).Where(token => token.Kind != TokenKind.Comment)
            .Select(token => token.Text.Trim('_')).ToList();
        return TypeText.Qualifiers(words.Contains("const"), words.Contains("volatile"));
    }
}
