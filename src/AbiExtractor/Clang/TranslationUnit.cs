using System.Runtime.InteropServices;
using System.Text;
using static Faultline.AbiExtractor.Clang.NativeMethods;

namespace Faultline.AbiExtractor.Clang;

/// <summary>One parsed source text with everything it includes. Not thread-safe; cursors die with it.</summary>
internal sealed unsafe class TranslationUnit : IDisposable
{
    /// <summary>CXTranslationUnit_DetailedPreprocessingRecord: macro definitions become cursors.</summary>
    private const uint DetailedPreprocessingRecord = 0x01;
    private const uint SkipFunctionBodies = 0x40;
    private const int ErrorSeverity = 3;

    private void* _index;
    private void* _unit;
    private readonly Dictionary<nint, string> _names = [];
    private IReadOnlyList<CXCursor>? _topLevel;
    private Dictionary<nint, List<CXCursor>>? _byFile;
    private IReadOnlyDictionary<string, CXCursor>? _macros;

    private TranslationUnit(void* index, void* unit)
    {
        _index = index;
        _unit = unit;
    }

    /// <summary>Parses <paramref name="source"/> as if it stood in a file named <paramref name="name"/>.</summary>
    /// <exception cref="ClangFailedException">libclang gave no translation unit at all.</exception>
    public static TranslationUnit Parse(string name, string source, IReadOnlyList<string> arguments)
    {
        using var memory = new NativeStrings();
        var text = Encoding.UTF8.GetBytes(source);
        var index = clang_createIndex(0, 0);
        CrashRecovery.MoveHandlersToSignalStack();
        void* unit = null;
        int error;
        fixed (byte* contents = text)
        {
            var unsaved = new CXUnsavedFile { Name = memory.Add(name), Contents = contents, Length = (nuint)text.Length };
            var pointers = stackalloc byte*[arguments.Count];
            for (var i = 0; i < arguments.Count; i++)
                pointers[i] = memory.Add(arguments[i]);
            error = clang_parseTranslationUnit2(index, unsaved.Name, pointers, arguments.Count, &unsaved, 1,
                SkipFunctionBodies | DetailedPreprocessingRecord, &unit);
        }
        if (error == 0 && unit is not null)
            return new(index, unit);
        clang_disposeIndex(index);
        throw new ClangFailedException(error);
    }

    /// <summary>All cursors directly below the unit: macros first, then declarations, of all its files.</summary>
    public IReadOnlyList<CXCursor> TopLevel => _topLevel ??= Children(clang_getTranslationUnitCursor(_unit));

    /// <summary>The last definition of each macro, whatever file it stands in.</summary>
    public IReadOnlyDictionary<string, CXCursor> Macros => _macros ??= LastDefinitions();

    /// <summary>The size of a pointer on the target, in bytes.</summary>
    public int PointerSize
    {
        get
        {
            var target = clang_getTranslationUnitTargetInfo(_unit);
            var bits = clang_TargetInfo_getPointerWidth(target);
            clang_TargetInfo_dispose(target);
            return bits / 8;
        }
    }

    /// <summary>Errors and fatal errors in source order.</summary>
    public IReadOnlyList<ClangError> Errors()
    {
        var errors = new List<ClangError>();
        var count = clang_getNumDiagnostics(_unit);
        for (uint i = 0; i < count; i++)
        {
            var diagnostic = clang_getDiagnostic(_unit, i);
            if (clang_getDiagnosticSeverity(diagnostic) >= ErrorSeverity)
            {
                var place = Place(clang_getDiagnosticLocation(diagnostic));
                errors.Add(new(place.File, place.Line, place.Column, Take(clang_getDiagnosticSpelling(diagnostic))));
            }
            clang_disposeDiagnostic(diagnostic);
        }
        return errors;
    }

    /// <summary>
    /// A location as a reader of the source sees it: what comes from a macro is where the outermost macro is used.
    /// </summary>
    public SourcePlace Place(CXSourceLocation location)
    {
        void* file;
        uint line, column;
        clang_getExpansionLocation(location, &file, &line, &column, null);
        return new(NameOf(file), (int)line, (int)column);
    }

    private string NameOf(void* file)
    {
        if (file is null)
            return "";
        if (!_names.TryGetValue((nint)file, out var name))
            _names.Add((nint)file, name = Take(clang_getFileName(file)));
        return name;
    }

    /// <summary>The line of a location, as <see cref="Place"/> sees it.</summary>
    public static int LineOf(CXSourceLocation location)
    {
        uint line;
        clang_getExpansionLocation(location, null, &line, null, null);
        return (int)line;
    }

    /// <summary>The unit's top-level cursors that stand in one file, as <see cref="Place"/> sees it.</summary>
    /// <remarks>Compares handles: a unit has thousands of cursors, and a path for each would cost more than the parse.</remarks>
    public IReadOnlyList<CXCursor> CursorsOfFile(string path)
    {
        var file = (nint)FileHandle(path);
        if (file == 0)
            return [];
        _byFile ??= ByFile();
        var handles = _byFile.Keys.Where(its => its == file || (its != 0 && clang_File_isEqual((void*)its, (void*)file) != 0)).ToList();
        return handles.Count == 1 ? _byFile[handles[0]] : [.. TopLevel.Where(cursor => handles.Contains(FileOf(cursor)))];
    }

    private Dictionary<nint, List<CXCursor>> ByFile()
    {
        var (files, last, own) = (new Dictionary<nint, List<CXCursor>>(), (nint)(-1), new List<CXCursor>());
        foreach (var cursor in TopLevel)
        {
            var file = FileOf(cursor);
            if (file != last && !files.TryGetValue(file, out own!))
                files.Add(file, own = []);
            last = file;
            own.Add(cursor);
        }
        return files;
    }

    private static nint FileOf(CXCursor cursor)
    {
        void* its;
        clang_getExpansionLocation(clang_getCursorLocation(cursor), &its, null, null, null);
        return (nint)its;
    }

    private Dictionary<string, CXCursor> LastDefinitions()
    {
        var definitions = new Dictionary<string, CXCursor>(StringComparer.Ordinal);
        foreach (var cursor in TopLevel)
        {
            if (cursor.Kind == CursorKind.MacroDefinition)
                definitions[Take(clang_getCursorSpelling(cursor))] = cursor;
        }
        return definitions;
    }

    private void* FileHandle(string path)
    {
        using var memory = new NativeStrings();
        return clang_getFile(_unit, memory.Add(path));
    }

    /// <summary>The comments of one included file; none when the file was not read.</summary>
    public IReadOnlyList<SourceComment> CommentsOfFile(string path)
    {
        var file = FileHandle(path);
        nuint size;
        if (file is null || clang_getFileContents(_unit, file, &size) is null)
            return [];
        CXToken* tokens;
        uint count;
        clang_tokenize(_unit, clang_getRange(clang_getLocationForOffset(_unit, file, 0), clang_getLocationForOffset(_unit, file, (uint)size)), &tokens, &count);
        var comments = new List<SourceComment>();
        var codeLine = 0;
        for (uint i = 0; i < count; i++)
        {
            var extent = clang_getTokenExtent(_unit, tokens[i]);
            var end = LineOf(clang_getRangeEnd(extent));
            if (clang_getTokenKind(tokens[i]) == TokenKind.Comment)
            {
                var line = LineOf(clang_getRangeStart(extent));
                comments.Add(new(Take(clang_getTokenSpelling(_unit, tokens[i])), line, end, codeLine == line));
            }
            else
            {
                codeLine = end;
            }
        }
        if (count > 0)
            clang_disposeTokens(_unit, tokens, count);
        return comments;
    }

    /// <summary>
    /// What stands between a closing brace and the semicolon behind it, as far as 256 bytes; empty where a range does not end in a brace,
    /// as one that comes out of a macro.
    /// </summary>
    public IEnumerable<SourceToken> TokensBehind(CXSourceRange range)
    {
        void* file;
        uint end;
        nuint size;
        clang_getExpansionLocation(clang_getRangeEnd(range), &file, null, null, &end);
        if (file is null || end == 0 || clang_getFileContents(_unit, file, &size) is null)
            return [];
        var tokens = Tokens(clang_getRange(
            clang_getLocationForOffset(_unit, file, end - 1), clang_getLocationForOffset(_unit, file, Math.Min(end + 256, (uint)size))));
        return tokens is [{ Text: "}" }, ..] ? tokens.Skip(1).TakeWhile(token => token.Text != ";") : [];
    }

    /// <summary>What a reader of the source sees between two places of one file, the names of macros as they stand.</summary>
    public IReadOnlyList<SourceToken> TokensBetween(CXSourceLocation from, CXSourceLocation to)
    {
        void* file, other;
        uint start, end;
        clang_getExpansionLocation(from, &file, null, null, &start);
        clang_getExpansionLocation(to, &other, null, null, &end);
        return file is null || file != other || start > end ? []
            : Tokens(clang_getRange(clang_getLocationForOffset(_unit, file, start), clang_getLocationForOffset(_unit, file, end)));
    }

    /// <summary>The tokens of one included file, directives too; none when the file was not read.</summary>
    public IReadOnlyList<SourceToken> TokensOfFile(string path)
    {
        var file = FileHandle(path);
        nuint size;
        return file is null || clang_getFileContents(_unit, file, &size) is null ? []
            : Tokens(clang_getRange(clang_getLocationForOffset(_unit, file, 0), clang_getLocationForOffset(_unit, file, (uint)size)));
    }

    public IReadOnlyList<SourceToken> Tokens(CXSourceRange range)
    {
        CXToken* tokens;
        uint count;
        clang_tokenize(_unit, range, &tokens, &count);
        var list = new List<SourceToken>((int)count);
        for (uint i = 0; i < count; i++)
        {
            var extent = clang_getTokenExtent(_unit, tokens[i]);
            uint line, column;
            clang_getExpansionLocation(clang_getRangeStart(extent), null, &line, &column, null);
            var kind = clang_getTokenKind(tokens[i]);
            var text = Take(clang_getTokenSpelling(_unit, tokens[i]));
            // A token right after a continued line is spelled with the continuation.
            list.Add(new(kind, kind == TokenKind.Comment ? text : text.Replace("\\\n", "", StringComparison.Ordinal).Trim(), (int)line, (int)column));
        }
        if (count > 0)
            clang_disposeTokens(_unit, tokens, count);
        return list;
    }

    /// <summary>The files that were read, as the compiler names them.</summary>
    public IReadOnlyList<string> Files()
    {
        var files = new List<string>();
        var handle = GCHandle.Alloc(files);
        clang_getInclusions(_unit, &Collect, (void*)GCHandle.ToIntPtr(handle));
        handle.Free();
        return files;

        [UnmanagedCallersOnly]
        static void Collect(void* file, CXSourceLocation* stack, uint depth, void* data) =>
            ((List<string>)GCHandle.FromIntPtr((nint)data).Target!).Add(Take(clang_getFileName(file)));
    }

    /// <summary>Paths of what a file of this unit includes, itself or through others.</summary>
    public IReadOnlyList<string> FilesUnder(string file)
    {
        var inclusions = new List<(string File, IReadOnlyList<string> Includers)>();
        var handle = GCHandle.Alloc(inclusions);
        clang_getInclusions(_unit, &Collect, (void*)GCHandle.ToIntPtr(handle));
        handle.Free();
        return [.. inclusions.Where(inclusion => inclusion.Includers.Contains(file)).Select(inclusion => inclusion.File)];

        [UnmanagedCallersOnly]
        static void Collect(void* included, CXSourceLocation* stack, uint depth, void* data)
        {
            var includers = new List<string>();
            for (var i = 0; i < depth; i++)
                includers.Add(FileNameOf(stack[i]));
            var all = (List<(string, IReadOnlyList<string>)>)GCHandle.FromIntPtr((nint)data).Target!;
            all.Add((Take(clang_getFileName(included)), includers));
        }
    }

    private static string FileNameOf(CXSourceLocation location)
    {
        void* file;
        clang_getExpansionLocation(location, &file, null, null, null);
        return file is null ? "" : Take(clang_getFileName(file));
    }

    public static IReadOnlyList<CXCursor> Children(CXCursor parent)
    {
        var children = new List<CXCursor>();
        var handle = GCHandle.Alloc(children);
        _ = clang_visitChildren(parent, &Collect, (void*)GCHandle.ToIntPtr(handle));
        handle.Free();
        return children;

        [UnmanagedCallersOnly]
        static VisitResult Collect(CXCursor cursor, CXCursor parent, void* data)
        {
            ((List<CXCursor>)GCHandle.FromIntPtr((nint)data).Target!).Add(cursor);
            return VisitResult.Continue;
        }
    }

    /// <summary>A record's fields in declaration order, those of anonymous struct and union members included as one unnamed field each.</summary>
    public static IReadOnlyList<CXCursor> Fields(CXType record)
    {
        var fields = new List<CXCursor>();
        var handle = GCHandle.Alloc(fields);
        _ = clang_Type_visitFields(record, &Collect, (void*)GCHandle.ToIntPtr(handle));
        handle.Free();
        return fields;

        [UnmanagedCallersOnly]
        static VisitResult Collect(CXCursor cursor, void* data)
        {
            ((List<CXCursor>)GCHandle.FromIntPtr((nint)data).Target!).Add(cursor);
            return VisitResult.Continue;
        }
    }

    public void Dispose()
    {
        if (_unit is not null)
            clang_disposeTranslationUnit(_unit);
        if (_index is not null)
            clang_disposeIndex(_index);
        _unit = _index = null;
    }
}

/// <summary>libclang made no translation unit: CXErrorCode, 2 of which is a crash that it recovered from.</summary>
internal sealed class ClangFailedException(int error) : Exception($"libclang failed with error {error}")
{
    public bool Crashed => error == 2;
}

/// <summary>One error of the C compiler. The line and column are from 1; 0 when the error has no place.</summary>
internal sealed record ClangError(string File, int Line, int Column, string Message);

/// <summary>A place in a file; line and column from 1.</summary>
internal readonly record struct SourcePlace(string File, int Line, int Column);

/// <summary>One token and where it starts.</summary>
internal sealed record SourceToken(TokenKind Kind, string Text, int Line, int Column);

/// <summary>One comment, with the lines it begins and ends in.</summary>
/// <param name="BehindCode">Whether code stands before it in its first line.</param>
internal sealed record SourceComment(string Text, int Line, int EndLine, bool BehindCode);

/// <summary>UTF-8 strings that live until this is disposed.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly List<nint> _strings = [];

    public byte* Add(string text)
    {
        var pointer = Marshal.StringToCoTaskMemUTF8(text);
        _strings.Add(pointer);
        return (byte*)pointer;
    }

    public void Dispose() => _strings.ForEach(Marshal.FreeCoTaskMem);
}
