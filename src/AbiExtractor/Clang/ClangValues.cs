using System.Runtime.InteropServices;

namespace Faultline.AbiExtractor.Clang;

// The by-value structs and numbers of clang-c/Index.h, stable from libclang 14 to 22.

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CXCursor
{
    public CursorKind Kind;
    public int Data0;
    public void* Data1;
    public void* Data2;
    public void* Data3;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CXType
{
    public ClangTypeKind Kind;
    public void* Data0;
    public void* Data1;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CXString
{
    public void* Data;
    public uint Flags;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CXSourceLocation
{
    public void* Data0;
    public void* Data1;
    public uint Offset;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CXSourceRange
{
    public void* Data0;
    public void* Data1;
    public uint Begin;
    public uint End;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CXToken
{
    public fixed uint Numbers[4];
    public void* Data;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CXUnsavedFile
{
    public byte* Name;
    public byte* Contents;
    public nuint Length;
}

internal enum CursorKind
{
    StructDecl = 2,
    UnionDecl = 3,
    EnumDecl = 5,
    FieldDecl = 6,
    EnumConstantDecl = 7,
    FunctionDecl = 8,
    VarDecl = 9,
    TypedefDecl = 20,
    TypeReference = 43,
    DeclarationReference = 101,
    IntegerLiteral = 106,
    StringLiteral = 109,
    UnaryOperator = 112,
    PackedAttribute = 408,
    MacroDefinition = 501,
    StaticAssert = 602,
}

internal enum ClangTypeKind
{
    Invalid = 0,
    Void = 2,
    Bool = 3,
    CharUnsigned = 4,
    UChar = 5,
    Char16 = 6,
    Char32 = 7,
    UShort = 8,
    UInt = 9,
    ULong = 10,
    ULongLong = 11,
    UInt128 = 12,
    CharSigned = 13,
    SChar = 14,
    WChar = 15,
    Short = 16,
    Int = 17,
    Long = 18,
    LongLong = 19,
    Int128 = 20,
    Float = 21,
    Double = 22,
    Pointer = 101,
    BlockPointer = 102,
    Record = 105,
    Enum = 106,
    FunctionNoProto = 110,
    FunctionProto = 111,
    ConstantArray = 112,
    IncompleteArray = 114,
}

internal enum TokenKind
{
    Punctuation,
    Keyword,
    Identifier,
    Literal,
    Comment,
}

internal enum EvaluationKind
{
    None = 0,
    Integer = 1,
    Float = 2,
    Text = 4,
}

internal enum VisitResult
{
    Break,
    Continue,
    Recurse,
}
