using Faultline.AbiExtractor.Clang;
using static Faultline.AbiExtractor.Clang.NativeMethods;

namespace Faultline.AbiExtractor.Stages;

/// <summary>Enumerators of a header whose values the compiler computed from more than numbers and other enumerators.</summary>
internal static class EnumeratorReader
{
    /// <summary>Those of all enums of the header, in records too.</summary>
    public static IReadOnlyList<EnumeratorDefinition> Read(TranslationUnit unit, string header)
    {
        var found = new Dictionary<string, EnumeratorDefinition>(StringComparer.Ordinal);
        foreach (var cursor in unit.CursorsOfFile(header))
            Collect(unit, cursor, found);
        return [.. found.Values];
    }

    private static void Collect(TranslationUnit unit, CXCursor cursor, Dictionary<string, EnumeratorDefinition> found)
    {
        if (cursor.Kind is not (CursorKind.EnumDecl or CursorKind.StructDecl or CursorKind.UnionDecl))
            return;
        foreach (var child in TranslationUnit.Children(cursor))
        {
            if (child.Kind == CursorKind.EnumConstantDecl)
                Enumerator(unit, child, found);
            else
                Collect(unit, child, found);
        }
    }

    /// <remarks>Tokens are costly and nearly all enumerators are plain numbers, so the form of the value is looked at first.</remarks>
    private static void Enumerator(TranslationUnit unit, CXCursor cursor, Dictionary<string, EnumeratorDefinition> found)
    {
        if (!TranslationUnit.Children(cursor).Any(value =>
            value.Kind is not (CursorKind.IntegerLiteral or CursorKind.DeclarationReference or CursorKind.UnaryOperator)))
            return;
        var tokens = unit.Tokens(clang_getCursorExtent(cursor)).Where(token => token.Kind != TokenKind.Comment).ToList();
        // An enumerator that a macro writes as a whole shows no value to ask about.
        if (tokens.Count > 2 && tokens[0].Text == Take(clang_getCursorSpelling(cursor)) && tokens[1].Text == "=")
            found[tokens[0].Text] = new(tokens[0].Text, tokens[2..]);
    }
}
