using Faultline.AbiExtractor.Clang;
using Faultline.AbiModel;
using static Faultline.AbiExtractor.Clang.NativeMethods;

namespace Faultline.AbiExtractor.Stages;

/// <summary>
/// Types without their typedefs, as text that tells what a <see cref="TypeRef"/> leaves out: <c>const s8 *</c>,
/// <c>volatile u32</c>, <c>s32 (const u8 *) *</c> for a pointer to a function.
/// </summary>
internal static class TypeText
{
    /// <summary>The text of a field's or a typedef's type; empty where <c>as</c> and <c>to</c> of the model tell it all.</summary>
    /// <param name="pointee">What the type points to, as far as the model tells.</param>
    public static string Beyond(CXType type, TypeRef? pointee)
    {
        var element = Element(type);
        var isTold = element.Type.Kind switch
        {
            ClangTypeKind.FunctionProto or ClangTypeKind.FunctionNoProto => false,
            ClangTypeKind.Pointer or ClangTypeKind.BlockPointer => pointee is { Kind: not TypeKind.Pointer }
                && element.Qualifiers.Length == 0 && Element(clang_getPointeeType(element.Type)).Qualifiers.Length == 0,
            _ => element.Qualifiers.Length == 0,
        };
        return isTold ? "" : Of(type);
    }

    /// <summary>What a function takes and gives: <c>u16 (u16, const u8 *)</c>. That a parameter itself is const is of no matter.</summary>
    public static string Signature(CXType function)
    {
        var arguments = Enumerable.Range(0, Math.Max(0, clang_getNumArgTypes(function)))
            .Select(index => Of(clang_getArgType(function, (uint)index), withOwn: false));
        if (clang_isFunctionTypeVariadic(function) != 0)
            arguments = arguments.Append(Any);
        return $"{Of(clang_getResultType(function), withOwn: false)} ({string.Join(", ", arguments)})";
    }

    /// <summary>Arguments of whatever number and type.</summary>
    private const string Any = "...";

    /// <param name="withOwn">Whether what it says of the thing itself counts, and not only of what is behind a pointer.</param>
    private static string Of(CXType type, bool withOwn = true)
    {
        var (element, qualifiers) = Element(type);
        if (element.Kind is ClangTypeKind.FunctionProto or ClangTypeKind.FunctionNoProto)
            return Signature(element);
        var own = withOwn ? qualifiers : "";
        var dimensions = Dimensions(clang_getCanonicalType(type));
        if (element.Kind is ClangTypeKind.Pointer or ClangTypeKind.BlockPointer)
            return $"{Target(clang_getCanonicalType(clang_getPointeeType(element)))} *{(own.Length > 0 ? " " + own : "")}{dimensions}";
        var word = TypeReader.Read(element) is { Kind: not TypeKind.Inline } known ? known.ToString() : Plain(TypeReader.Spelling(element));
        return $"{(own.Length > 0 ? own + " " : "")}{word}{dimensions}";
    }

    /// <summary>What a pointer points to. Of a function declared without parameters, C before C23 checks none.</summary>
    private static string Target(CXType target) => target.Kind == ClangTypeKind.FunctionNoProto
        ? $"{Of(clang_getResultType(target), withOwn: false)} ({Any})" : Of(target);

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
        return (element, (isConst, isVolatile) switch
        {
            (true, true) => "const volatile",
            (true, _) => "const",
            (_, true) => "volatile",
            _ => "",
        });
    }

    private static string Dimensions(CXType type) =>
        IsArray(type) && TypeReader.Read(type) is var array ? array.ToString()[array.Name.Length..] : "";

    private static bool IsArray(CXType type) => type.Kind is ClangTypeKind.ConstantArray or ClangTypeKind.IncompleteArray;

    /// <summary>A record without a name as it is written, its qualifiers left out.</summary>
    private static string Plain(string spelling) =>
        spelling.Replace("const ", "", StringComparison.Ordinal).Replace("volatile ", "", StringComparison.Ordinal);
}
