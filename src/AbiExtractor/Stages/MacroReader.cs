using Faultline.AbiExtractor.Clang;
using static Faultline.AbiExtractor.Clang.NativeMethods;

namespace Faultline.AbiExtractor.Stages;

/// <summary>One macro of the header: its last definition.</summary>
internal sealed record MacroDefinition(string Name, bool FunctionLike, IReadOnlyList<SourceToken> Body, int Line, int EndLine)
{
    /// <summary>The body as one line of C, with a blank where the header has any.</summary>
    public string Expression { get; } = string.Concat(Body.Select((token, i) => i == 0 || Touches(Body[i - 1], token) ? token.Text : " " + token.Text));

    private static bool Touches(SourceToken left, SourceToken right) => left.Line == right.Line && left.Column + left.Text.Length == right.Column;
}

/// <summary>First stage: which macros the header defines.</summary>
internal static class MacroReader
{
    /// <summary>The header's macros in the order of their last definitions.</summary>
    public static IReadOnlyList<MacroDefinition> Read(TranslationUnit unit, string header)
    {
        var macros = new Dictionary<string, MacroDefinition>(StringComparer.Ordinal);
        foreach (var cursor in unit.CursorsOfFile(header))
        {
            if (cursor.Kind != CursorKind.MacroDefinition)
                continue;
            var place = TranslationUnit.Place(clang_getCursorLocation(cursor));
            var name = Take(clang_getCursorSpelling(cursor));
            var functionLike = clang_Cursor_isMacroFunctionLike(cursor) != 0;
            var extent = clang_getCursorExtent(cursor);
            var body = unit.Tokens(extent).Where(token => token.Kind != TokenKind.Comment).Skip(1).ToList();
            macros.Remove(name);
            macros.Add(name, new(name, functionLike, body, place.Line, TranslationUnit.Place(clang_getRangeEnd(extent)).Line));
        }
        return [.. macros.Values.OrderBy(macro => macro.Line)];
    }
}
