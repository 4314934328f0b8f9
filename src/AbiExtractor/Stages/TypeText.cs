using Faultline.AbiExtractor.Clang;
using Faultline.AbiModel;
using static Faultline.AbiExtractor.Clang.NativeMethods;

namespace Faultline.AbiExtractor.Stages;

/// <summary>
/// Types without their typedefs, as text that tells what a <see cref="TypeRef"/> leaves out: <c>const s8 *</c>,
/// <c>volatile u32</c>, <c>s32 (const u8 *) *</c> for a pointer to a function.
/// </summary>
internal sealed class TypeText(TypeReader types)
{
    /// <summary>What reduces types to their layout.</summary>
    public TypeReader Types => types;

    /// <summary>The text of a field's or a typedef's type; empty where <c>as</c> and <c>to</c> of the model tell it all.</summary>
    /// <param name="pointee">What the type points to, as far as the model tells.</param>
    /// <param name="unnamed">Gets the records without a name, in the order of the text.</param>
    public string Beyond(CXType type, TypeRef? pointee, List<CXCursor> unnamed)
    {
        var element = Element(type);
        var isTold = element.Type.Kind switch
        {
            ClangTypeKind.FunctionProto or ClangTypeKind.FunctionNoProto => false,
            ClangTypeKind.Pointer or ClangTypeKind.BlockPointer => pointee is { Kind: not TypeKind.Pointer }
                && element.Qualifiers.Length == 0 && IsPlain(Element(clang_getPointeeType(element.Type))),
            _ => IsPlain(element),
        };
        return isTold ? "" : Of(type, unnamed);
    }

    /// <summary>What a function takes and gives: <c>u16 (u16, const u8 *)</c>. That a parameter itself is const is of no matter.</summary>
    /// <param name="unnamed">See <see cref="Beyond"/>.</param>
    public string Signature(CXType function, List<CXCursor> unnamed)
    {
        // What it gives stands first.
        var gives = Of(clang_getResultType(function), unnamed, withOwn: false);
        var arguments = Enumerable.Range(0, Math.Max(0, clang_getNumArgTypes(function)))
            .Select(index => Of(clang_getArgType(function, (uint)index), unnamed, withOwn: false));
        if (clang_isFunctionTypeVariadic(function) != 0)
            arguments = arguments.Append(Any);
        return $"{gives} ({string.Join(", ", arguments)})";
    }

    /// <summary>Arguments of whatever number and type.</summary>
    private const string Any = "...";

    /// <summary>A type without its typedefs.</summary>
    /// <param name="unnamed">See <see cref="Beyond"/>.</param>
    /// <param name="withOwn">Whether what it says of the thing itself counts, and not only of what is behind a pointer.</param>
    public string Of(CXType type, List<CXCursor> unnamed, bool withOwn = true)
    {
        var (element, qualifiers) = Element(type);
        if (element.Kind is ClangTypeKind.FunctionProto or ClangTypeKind.FunctionNoProto)
            return Signature(element, unnamed);
        var own = withOwn ? qualifiers : "";
        var dimensions = Dimensions(clang_getCanonicalType(type));
        if (element.Kind is ClangTypeKind.Pointer or ClangTypeKind.BlockPointer)
        {
            var target = Target(clang_getCanonicalType(clang_getPointeeType(element)), unnamed);
            return $"{target} *{(own.Length > 0 ? " " + own : "")}{dimensions}";
        }
        var word = types.Read(element) is { Kind: not TypeKind.Inline } known ? known + Rank(element.Kind)
            : Plain(TypeReader.Spelling(element));
        if (word.EndsWith('}'))
            unnamed.Add(clang_getCursorDefinition(clang_getTypeDeclaration(element)));
        return $"{(own.Length > 0 ? own + " " : "")}{word}{dimensions}";
    }

    /// <summary>What a pointer points to. Of a function declared without parameters, C before C23 checks none.</summary>
    private string Target(CXType target, List<CXCursor> unnamed) => target.Kind == ClangTypeKind.FunctionNoProto
        ? $"{Of(clang_getResultType(target), unnamed, withOwn: false)} ({Any})" : Of(target, unnamed);

    private static bool IsPlain((CXType Type, string Qualifiers) element) =>
        element.Qualifiers.Length == 0 && Rank(element.Type.Kind).Length == 0;

    /// <summary>
    /// The mark of those integers that C keeps apart from more frequent ones of the same bytes: <c>long</c> from <c>int</c> or
    /// <c>long long</c>, <c>signed char</c> from a <c>char</c> that has a sign, and a <c>char</c> from an <c>unsigned char</c>.
    /// </summary>
    private static string Rank(ClangTypeKind kind) => kind switch
    {
        ClangTypeKind.Long or ClangTypeKind.ULong => "l",
        ClangTypeKind.SChar => "s",
        ClangTypeKind.CharUnsigned => "c",
        _ => "",
    };

    /// <summary>The qualifiers of a type itself: <c>const</c>, <c>volatile</c>, both or none.</summary>
    public static string Qualifiers(CXType type) => Element(type).Qualifiers;

    /// <summary>What is in an array and how it is qualified, which clang says of an array as well as of its elements.</summary>
    private static (CXType Type, string Qualifiers) Element(CXType type)
    {
        var element = clang_getCanonicalType(type);
        var (isConst, isVolatile) = (false, false);
        while (true)
        {
            isConst |= clang_isConstQualifiedType(element) != 0;
            isVolatile |= clang_isVolatileQualifiedType(element) != 0;
            if (!IsArray(element))
                break;
            element = clang_getCanonicalType(clang_getArrayElementType(element));
        }
        return (element, Qualifiers(isConst, isVolatile));
    }

    /// <summary>Qualifiers as texts have them.</summary>
    public static string Qualifiers(bool isConst, bool isVolatile) => (isConst, isVolatile) switch
    {
        (true, true) => "const volatile",
        (true, _) => "const",
        (_, true) => "volatile",
        _ => "",
    };

    private string Dimensions(CXType type) =>
        IsArray(type) && types.Read(type) is var array ? array.ToString()[array.Name.Length..] : "";

    private static bool IsArray(CXType type) => type.Kind is ClangTypeKind.ConstantArray or ClangTypeKind.IncompleteArray;

    /// <summary>A record without a name as it is written, its qualifiers left out.</summary>
    private static string Plain(string spelling) =>
        spelling.Replace("const ", "", StringComparison.Ordinal).Replace("volatile ", "", StringComparison.Ordinal);
}
