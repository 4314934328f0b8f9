using System.Runtime.InteropServices;

namespace Faultline.AbiExtractor.Clang;

/// <summary>The part of libclang's C interface the extractor calls. Names and contracts: clang-c/Index.h.</summary>
internal static unsafe class NativeMethods
{
    private const string Library = LibclangLocator.LibraryName;

    static NativeMethods() => LibclangLocator.Register();

    [DllImport(Library)] public static extern CXString clang_getClangVersion();
    [DllImport(Library)] public static extern byte* clang_getCString(CXString text);
    [DllImport(Library)] public static extern void clang_disposeString(CXString text);

    [DllImport(Library)] public static extern void* clang_createIndex(int excludeDeclarationsFromPch, int displayDiagnostics);
    [DllImport(Library)] public static extern void clang_disposeIndex(void* index);
    [DllImport(Library)] public static extern int clang_parseTranslationUnit2(
        void* index, byte* sourceName, byte** arguments, int argumentCount, CXUnsavedFile* unsaved, uint unsavedCount, uint options, void** unit);
    [DllImport(Library)] public static extern void clang_disposeTranslationUnit(void* unit);
    [DllImport(Library)] public static extern CXCursor clang_getTranslationUnitCursor(void* unit);
    [DllImport(Library)] public static extern void* clang_getTranslationUnitTargetInfo(void* unit);
    [DllImport(Library)] public static extern CXString clang_TargetInfo_getTriple(void* target);
    [DllImport(Library)] public static extern int clang_TargetInfo_getPointerWidth(void* target);
    [DllImport(Library)] public static extern void clang_TargetInfo_dispose(void* target);

    [DllImport(Library)] public static extern uint clang_getNumDiagnostics(void* unit);
    [DllImport(Library)] public static extern void* clang_getDiagnostic(void* unit, uint index);
    [DllImport(Library)] public static extern void clang_disposeDiagnostic(void* diagnostic);
    [DllImport(Library)] public static extern int clang_getDiagnosticSeverity(void* diagnostic);
    [DllImport(Library)] public static extern CXSourceLocation clang_getDiagnosticLocation(void* diagnostic);
    [DllImport(Library)] public static extern CXString clang_getDiagnosticSpelling(void* diagnostic);

    [DllImport(Library)] public static extern void* clang_getFile(void* unit, byte* name);
    [DllImport(Library)] public static extern int clang_File_isEqual(void* left, void* right);
    [DllImport(Library)] public static extern CXString clang_getFileName(void* file);
    [DllImport(Library)] public static extern void clang_getInclusions(
        void* unit, delegate* unmanaged<void*, CXSourceLocation*, uint, void*, void> visitor, void* data);
    [DllImport(Library)] public static extern byte* clang_getFileContents(void* unit, void* file, nuint* size);
    [DllImport(Library)] public static extern CXSourceLocation clang_getLocationForOffset(void* unit, void* file, uint offset);
    [DllImport(Library)] public static extern CXSourceRange clang_getRange(CXSourceLocation begin, CXSourceLocation end);
    [DllImport(Library)] public static extern CXSourceLocation clang_getRangeStart(CXSourceRange range);
    [DllImport(Library)] public static extern CXSourceLocation clang_getRangeEnd(CXSourceRange range);
    [DllImport(Library)] public static extern void clang_getExpansionLocation(CXSourceLocation location, void** file, uint* line, uint* column, uint* offset);

    [DllImport(Library)] public static extern uint clang_visitChildren(
        CXCursor parent, delegate* unmanaged<CXCursor, CXCursor, void*, VisitResult> visitor, void* data);
    [DllImport(Library)] public static extern uint clang_Type_visitFields(CXType type, delegate* unmanaged<CXCursor, void*, VisitResult> visitor, void* data);
    [DllImport(Library)] public static extern CXSourceLocation clang_getCursorLocation(CXCursor cursor);
    [DllImport(Library)] public static extern CXSourceRange clang_getCursorExtent(CXCursor cursor);
    [DllImport(Library)] public static extern CXString clang_getCursorSpelling(CXCursor cursor);
    [DllImport(Library)] public static extern CXType clang_getCursorType(CXCursor cursor);
    [DllImport(Library)] public static extern uint clang_isCursorDefinition(CXCursor cursor);
    [DllImport(Library)] public static extern CXCursor clang_getCursorDefinition(CXCursor cursor);
    [DllImport(Library)] public static extern uint clang_Cursor_isMacroFunctionLike(CXCursor cursor);
    [DllImport(Library)] public static extern uint clang_Cursor_isBitField(CXCursor cursor);
    [DllImport(Library)] public static extern int clang_getFieldDeclBitWidth(CXCursor cursor);
    [DllImport(Library)] public static extern long clang_Cursor_getOffsetOfField(CXCursor cursor);
    [DllImport(Library)] public static extern CXType clang_getTypedefDeclUnderlyingType(CXCursor cursor);
    [DllImport(Library)] public static extern CXType clang_getEnumDeclIntegerType(CXCursor cursor);
    [DllImport(Library)] public static extern long clang_getEnumConstantDeclValue(CXCursor cursor);
    [DllImport(Library)] public static extern ulong clang_getEnumConstantDeclUnsignedValue(CXCursor cursor);

    [DllImport(Library)] public static extern CXType clang_getCanonicalType(CXType type);
    [DllImport(Library)] public static extern CXString clang_getTypeSpelling(CXType type);
    [DllImport(Library)] public static extern CXCursor clang_getTypeDeclaration(CXType type);
    [DllImport(Library)] public static extern CXType clang_getPointeeType(CXType type);
    [DllImport(Library)] public static extern uint clang_isConstQualifiedType(CXType type);
    [DllImport(Library)] public static extern uint clang_isVolatileQualifiedType(CXType type);
    [DllImport(Library)] public static extern CXType clang_getResultType(CXType type);
    [DllImport(Library)] public static extern int clang_getNumArgTypes(CXType type);
    [DllImport(Library)] public static extern CXType clang_getArgType(CXType type, uint index);
    [DllImport(Library)] public static extern uint clang_isFunctionTypeVariadic(CXType type);
    [DllImport(Library)] public static extern int clang_Cursor_getNumArguments(CXCursor cursor);
    [DllImport(Library)] public static extern CXCursor clang_Cursor_getArgument(CXCursor cursor, uint index);
    [DllImport(Library)] public static extern CXType clang_getArrayElementType(CXType type);
    [DllImport(Library)] public static extern long clang_getArraySize(CXType type);
    [DllImport(Library)] public static extern long clang_Type_getSizeOf(CXType type);
    [DllImport(Library)] public static extern long clang_Type_getAlignOf(CXType type);

    [DllImport(Library)] public static extern void clang_tokenize(void* unit, CXSourceRange range, CXToken** tokens, uint* count);
    [DllImport(Library)] public static extern void clang_disposeTokens(void* unit, CXToken* tokens, uint count);
    [DllImport(Library)] public static extern TokenKind clang_getTokenKind(CXToken token);
    [DllImport(Library)] public static extern CXString clang_getTokenSpelling(void* unit, CXToken token);
    [DllImport(Library)] public static extern CXSourceRange clang_getTokenExtent(void* unit, CXToken token);

    [DllImport(Library)] public static extern void* clang_Cursor_Evaluate(CXCursor cursor);
    [DllImport(Library)] public static extern EvaluationKind clang_EvalResult_getKind(void* result);
    [DllImport(Library)] public static extern uint clang_EvalResult_isUnsignedInt(void* result);
    [DllImport(Library)] public static extern long clang_EvalResult_getAsLongLong(void* result);
    [DllImport(Library)] public static extern ulong clang_EvalResult_getAsUnsigned(void* result);
    [DllImport(Library)] public static extern double clang_EvalResult_getAsDouble(void* result);
    [DllImport(Library)] public static extern byte* clang_EvalResult_getAsStr(void* result);
    [DllImport(Library)] public static extern void clang_EvalResult_dispose(void* result);

    /// <summary>Takes the text out of a CXString and frees it. Bytes that are not UTF-8 become U+FFFD.</summary>
    public static string Take(CXString text)
    {
        var managed = Marshal.PtrToStringUTF8((nint)clang_getCString(text)) ?? "";
        clang_disposeString(text);
        return managed;
    }
}
