using Faultline.AbiExtractor.Clang;
using static Faultline.AbiExtractor.Clang.NativeMethods;

namespace Faultline.AbiExtractor.Stages;

/// <summary>Collects what a header and all that it includes define, without asking what it is worth.</summary>
internal static class NameCollector
{
    public static IncludedNames Read(SearchPath path, IReadOnlyCollection<string> includes)
    {
        using var unit = TranslationUnit.Parse(ProbedHeader.ProbeName, $"#include \"{path.Header}\"\n", path.ClangArguments);
        var names = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var types = new TypeReader(unit);
        foreach (var cursor in unit.TopLevel)
        {
            var place = unit.Place(clang_getCursorLocation(cursor));
            if (!files.TryGetValue(place.File, out var file))
                files.Add(place.File, file = path.NameOf(place.File));
            foreach (var name in Names(unit, types, cursor))
            {
                if (!names.TryGetValue(file, out var own))
                    names.Add(file, own = new(StringComparer.Ordinal));
                own.Add(name);
            }
        }
        var read = unit.Files().Select(file => (Path: file, Name: path.NameOf(file))).Where(file => includes.Contains(file.Name))
            .DistinctBy(file => file.Name);
        return new(
            names.ToDictionary(item => item.Key, item => (IReadOnlySet<string>)item.Value, StringComparer.Ordinal),
            read.ToDictionary(file => file.Name, file => (IReadOnlySet<string>)unit.FilesUnder(file.Path).Select(path.NameOf)
                .Append(file.Name).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal));
    }

    private static string[] Names(TranslationUnit unit, TypeReader types, CXCursor cursor) => cursor.Kind switch
    {
        // A guard, or another macro of nothing.
        CursorKind.MacroDefinition => IsEmpty(unit, cursor) ? [] : [Take(clang_getCursorSpelling(cursor))],
        CursorKind.TypedefDecl or CursorKind.FunctionDecl or CursorKind.VarDecl => [Take(clang_getCursorSpelling(cursor))],
        CursorKind.StructDecl => Tag(types, "struct", cursor),
        CursorKind.UnionDecl => Tag(types, "union", cursor),
        CursorKind.EnumDecl =>
            [.. Tag(types, "enum", cursor), .. TranslationUnit.Children(cursor).Select(member => Take(clang_getCursorSpelling(member)))],
        _ => [],
    };

    private static string[] Tag(TypeReader types, string keyword, CXCursor cursor) =>
        clang_isCursorDefinition(cursor) != 0 && types.NameOf(cursor) is { Tagged: true } name ? [$"{keyword} {name.Name}"] : [];

    private static bool IsEmpty(TranslationUnit unit, CXCursor macro)
    {
        var extent = clang_getCursorExtent(macro);
        var (start, end) = (unit.Place(clang_getRangeStart(extent)), unit.Place(clang_getRangeEnd(extent)));
        return start.Line == end.Line && end.Column - start.Column <= Take(clang_getCursorSpelling(macro)).Length;
    }
}
