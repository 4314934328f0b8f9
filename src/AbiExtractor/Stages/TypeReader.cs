using Faultline.AbiExtractor.Clang;
using Faultline.AbiModel;
using static Faultline.AbiExtractor.Clang.NativeMethods;

namespace Faultline.AbiExtractor.Stages;

/// <summary>Reduces clang's types to <see cref="TypeRef"/>s.</summary>
/// <param name="unit">Its typedefs give names to records and enums that say none themselves.</param>
internal sealed class TypeReader(TranslationUnit unit)
{
    private Dictionary<nint, (string Name, CXType Type)>? _typedefs;

    public TypeRef Read(CXType type)
    {
        var canonical = clang_getCanonicalType(type);
        return canonical.Kind switch
        {
            ClangTypeKind.ConstantArray => Array(canonical, Length(canonical)),
            ClangTypeKind.IncompleteArray => Array(canonical, TypeRef.Flexible),
            ClangTypeKind.Bool => TypeRef.Boolean,
            ClangTypeKind.CharUnsigned or ClangTypeKind.UChar or ClangTypeKind.UShort or ClangTypeKind.UInt or ClangTypeKind.ULong
                or ClangTypeKind.ULongLong or ClangTypeKind.UInt128 or ClangTypeKind.Char16 or ClangTypeKind.Char32 => Integer(canonical, signed: false),
            ClangTypeKind.CharSigned or ClangTypeKind.SChar or ClangTypeKind.Short or ClangTypeKind.Int or ClangTypeKind.Long
                or ClangTypeKind.LongLong or ClangTypeKind.Int128 or ClangTypeKind.WChar => Integer(canonical, signed: true),
            ClangTypeKind.Float => new(TypeKind.Float, "f32", default),
            ClangTypeKind.Double when clang_Type_getSizeOf(canonical) == 8 => new(TypeKind.Float, "f64", default),
            ClangTypeKind.Pointer or ClangTypeKind.BlockPointer => TypeRef.Pointer,
            ClangTypeKind.Record => Record(clang_getTypeDeclaration(canonical)),
            ClangTypeKind.Enum => Enum(clang_getTypeDeclaration(canonical)),
            ClangTypeKind.Void or ClangTypeKind.FunctionProto or ClangTypeKind.FunctionNoProto => TypeRef.Void,
            _ => clang_Type_getSizeOf(canonical) is > 0 and var size ? new(TypeKind.Opaque, $"opaque{size}", default) : TypeRef.Void,
        };
    }

    /// <summary>What a pointer points to, or the pointers of an array; null for a function or a record without a name.</summary>
    public TypeRef? Pointee(CXType type)
    {
        var pointer = clang_getCanonicalType(type);
        while (pointer.Kind is ClangTypeKind.ConstantArray or ClangTypeKind.IncompleteArray)
            pointer = clang_getCanonicalType(clang_getArrayElementType(pointer));
        var target = clang_getCanonicalType(clang_getPointeeType(pointer));
        if (target.Kind is ClangTypeKind.FunctionProto or ClangTypeKind.FunctionNoProto)
            return null;
        return Read(target) is { Kind: not TypeKind.Inline } told ? told : null;
    }

    /// <summary>The name of a record or enum and whether it is a tag; null when it has neither tag nor typedef.</summary>
    public (string Name, bool Tagged)? NameOf(CXCursor declaration)
    {
        var spelling = Take(clang_getTypeSpelling(clang_getCursorType(declaration)));
        if (spelling.Contains('(', StringComparison.Ordinal))
            return (_typedefs ??= Typedefs()).TryGetValue(Identity(declaration), out var typedef) ? (typedef.Name, false) : null;
        var blank = spelling.LastIndexOf(' ');
        return (spelling[(blank + 1)..], blank >= 0);
    }

    /// <summary>
    /// Whether a declaration itself says its name, or clang takes a typedef's for it; else only a typedef says it with more
    /// words.
    /// </summary>
    public static bool HasOwnName(CXCursor declaration) =>
        !Take(clang_getTypeSpelling(clang_getCursorType(declaration))).Contains('(', StringComparison.Ordinal);

    /// <summary>
    /// Records and enums that clang gives no name, because their typedef is <c>const</c> or not the first of its declaration:
    /// <c>typedef const struct {…} t</c>, <c>typedef struct {…} *p, t</c>. A program names them by it all the same.
    /// </summary>
    private Dictionary<nint, (string Name, CXType Type)> Typedefs()
    {
        var found = new Dictionary<nint, (string Name, CXType Type)>();
        foreach (var cursor in unit.TopLevel.Where(cursor => cursor.Kind == CursorKind.TypedefDecl))
        {
            var type = clang_getCanonicalType(clang_getTypedefDeclUnderlyingType(cursor));
            if (type.Kind is ClangTypeKind.Record or ClangTypeKind.Enum && clang_getTypeDeclaration(type) is var declaration
                && !found.ContainsKey(Identity(declaration)) && !HasOwnName(declaration))
                found.Add(Identity(declaration), (Take(clang_getCursorSpelling(cursor)), type));
        }
        return found;
    }

    /// <summary>
    /// How the typedef is qualified that alone names a record or enum; empty where it is not, or something else names it.
    /// </summary>
    public string QualifiersOf(CXCursor declaration) =>
        _typedefs is not null && _typedefs.TryGetValue(Identity(declaration), out var typedef) ? TypeText.Qualifiers(typedef.Type) : "";

    private static unsafe nint Identity(CXCursor declaration) => (nint)declaration.Data1;

    /// <summary>The type as the header spells it; a record without a name is written <c>struct {...}</c>, for clang would name it by its path.</summary>
    public static string Spelling(CXType type)
    {
        var spelling = Take(clang_getTypeSpelling(type));
        for (var keyword = FirstAnonymous(spelling); keyword is { } found; keyword = FirstAnonymous(spelling))
        {
            var close = spelling.IndexOf(')', found.Parenthesis);
            spelling = spelling[..found.Start] + found.Keyword + " {...}" + (close < 0 ? "" : spelling[(close + 1)..]);
        }
        return spelling;
    }

    /// <summary>Finds <c>union (unnamed at …)</c>, <c>union (anonymous at …)</c> and, from libclang 16 on, <c>union record::(unnamed at …)</c>.</summary>
    private static (int Start, string Keyword, int Parenthesis)? FirstAnonymous(string spelling)
    {
        var parenthesis = spelling.IndexOf("(unnamed", StringComparison.Ordinal);
        if (parenthesis < 0)
            parenthesis = spelling.IndexOf("(anonymous", StringComparison.Ordinal);
        if (parenthesis < 0)
            return null;
        foreach (var keyword in new[] { "struct", "union", "enum" })
        {
            var start = spelling.LastIndexOf(keyword + " ", parenthesis, StringComparison.Ordinal);
            if (start >= 0)
                return (start, keyword, parenthesis);
        }
        return (parenthesis, "struct", parenthesis);
    }

    /// <summary>The number of elements. clang extends it as if it had a sign: on a 32-bit target, from 2^31 on it comes out negative.</summary>
    private static long Length(CXType array) => clang_getArraySize(array) is >= 0 and var length ? length : (uint)clang_getArraySize(array);

    private TypeRef Array(CXType array, long length)
    {
        var element = Read(clang_getArrayElementType(array));
        return element with { Dimensions = element.Dimensions.Prepend(length).ToEquatableArray() };
    }

    private static TypeRef Integer(CXType type, bool signed) => TypeRef.Integer((int)clang_Type_getSizeOf(type), signed);

    private TypeRef Record(CXCursor declaration)
    {
        if (NameOf(declaration) is not { } name)
            return TypeRef.Inline;
        var keyword = !name.Tagged ? "typedef" : declaration.Kind == CursorKind.UnionDecl ? "union" : "struct";
        return new(TypeKind.Record, $"{keyword} {name.Name}", default);
    }

    private TypeRef Enum(CXCursor declaration) => NameOf(declaration) is { } name
        ? new(TypeKind.Enum, (name.Tagged ? "enum " : "typedef enum ") + name.Name, default)
        : Read(clang_getEnumDeclIntegerType(declaration));
}
