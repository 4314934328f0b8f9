using Faultline.AbiExtractor.Clang;
using static Faultline.AbiExtractor.Clang.NativeMethods;

namespace Faultline.AbiExtractor.Stages;

/// <summary>One macro: its last definition.</summary>
internal sealed record MacroDefinition(string Name, bool FunctionLike, IReadOnlyList<SourceToken> Body, int Line, int EndLine)
{
    /// <summary>The file it stands in, when it is not the header's own; else empty.</summary>
    public string File { get; init; } = "";

    /// <summary>The body as one line of C, with a blank where the header has any.</summary>
    public string Expression { get; } = string.Concat(
        Body.Select((token, i) => i == 0 || Touches(Body[i - 1], token) ? token.Text : " " + token.Text));

    /// <summary>The identifiers of the body, each of which may be a macro.</summary>
    public IEnumerable<string> Names => Body.Where(token => token.Kind == TokenKind.Identifier).Select(token => token.Text);

    private static bool Touches(SourceToken left, SourceToken right) => left.Line == right.Line && left.Column + left.Text.Length == right.Column;
}

/// <summary>The macros of a header.</summary>
/// <param name="Own">Those that it defines itself, in the order of their last definitions.</param>
/// <param name="Others">Those of other files that its own name, directly or through one another.</param>
internal sealed record HeaderMacros(IReadOnlyList<MacroDefinition> Own, IReadOnlyList<MacroDefinition> Others)
{
    /// <summary>Enumerators that may be requests.</summary>
    public IReadOnlyList<EnumeratorDefinition> Enumerators { get; init; } = [];
}

/// <summary>First stage: which macros the header defines.</summary>
internal static class MacroReader
{
    /// <param name="wanted">Macros to be read wherever they are defined.</param>
    public static HeaderMacros Read(TranslationUnit unit, string header, IReadOnlySet<string>? wanted = null)
    {
        var macros = new Dictionary<string, MacroDefinition>(StringComparer.Ordinal);
        foreach (var cursor in unit.CursorsOfFile(header))
        {
            if (cursor.Kind != CursorKind.MacroDefinition)
                continue;
            var macro = Definition(unit, cursor, Take(clang_getCursorSpelling(cursor)));
            macros[macro.Name] = macro;
        }
        List<MacroDefinition> own = [.. macros.Values.OrderBy(macro => macro.Line)];
        var enumerators = EnumeratorReader.Read(unit, header);
        return new(own, Others(unit, own, enumerators, wanted)) { Enumerators = enumerators };
    }

    /// <summary>A macro, from where it is defined.</summary>
    public static MacroDefinition Definition(TranslationUnit unit, CXCursor cursor, string name)
    {
        var extent = clang_getCursorExtent(cursor);
        var body = unit.Tokens(extent).Where(token => token.Kind != TokenKind.Comment).Skip(1).ToList();
        return new(name, clang_Cursor_isMacroFunctionLike(cursor) != 0, body, TranslationUnit.LineOf(clang_getCursorLocation(cursor)), TranslationUnit.LineOf(clang_getRangeEnd(extent)));
    }

    /// <remarks>Only what is named is read: a header includes thousands of macros and names a few.</remarks>
    private static List<MacroDefinition> Others(TranslationUnit unit, IReadOnlyList<MacroDefinition> own, IReadOnlyList<EnumeratorDefinition> enumerators,
        IReadOnlySet<string>? wanted)
    {
        var seen = own.Select(macro => macro.Name).ToHashSet(StringComparer.Ordinal);
        var named = new Stack<string>(own.SelectMany(macro => macro.Names).Concat(wanted ?? new HashSet<string>())
            .Concat(enumerators.SelectMany(enumerator => enumerator.Names))
            .Where(name => !seen.Contains(name)));
        var others = new List<MacroDefinition>();
        while (named.TryPop(out var name))
        {
            if (!seen.Add(name) || !unit.Macros.TryGetValue(name, out var cursor))
                continue;
            var macro = Definition(unit, cursor, name) with { File = unit.Place(clang_getCursorLocation(cursor)).File };
            others.Add(macro);
            foreach (var next in macro.Names)
                named.Push(next);
        }
        return others;
    }
}
