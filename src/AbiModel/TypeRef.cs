using System.Globalization;
using System.Text;

namespace Faultline.AbiModel;

/// <summary>What kind of thing a <see cref="TypeRef"/> names.</summary>
public enum TypeKind
{
    /// <summary>A two's complement integer: <c>u8</c> … <c>u128</c>, <c>s8</c> … <c>s128</c>.</summary>
    Integer,

    /// <summary>An IEEE 754 number: <c>f32</c>, <c>f64</c>; <c>f80</c> and <c>f128</c> for long double.</summary>
    Float,

    /// <summary><c>_Bool</c>.</summary>
    Boolean,

    /// <summary>A pointer to anything, functions included; what it points at is only in the C spelling.</summary>
    Pointer,

    /// <summary>A struct or union: <c>struct x</c>, <c>union x</c>, or <c>typedef x</c> for one that only a typedef names.</summary>
    Record,

    /// <summary>An enum: <c>enum x</c>, or <c>typedef enum x</c> for one that only a typedef names.</summary>
    Enum,

    /// <summary>A record without any name, written inside the field that has it.</summary>
    Inline,

    /// <summary>A type of known size and unknown meaning (vector, complex): <c>opaque16</c>.</summary>
    Opaque,

    /// <summary>No value: the type of a typedef of <c>void</c> or of a function.</summary>
    Void,
}

/// <summary>A C type reduced to what decides its layout, independent of how it is spelled.</summary>
/// <remarks>
/// The text form is the name followed by the dimensions: <c>u64</c>, <c>struct uffdio_range</c>, <c>u8[16]</c>, <c>u32[4][2]</c>,
/// <c>struct x[]</c> for a flexible array. <c>char</c> is <c>s8</c> or <c>u8</c>, as the target has it.
/// </remarks>
public sealed record TypeRef(TypeKind Kind, string Name, EquatableArray<long> Dimensions)
{
    /// <summary>The dimension of a flexible array member.</summary>
    public const long Flexible = -1;

    public static TypeRef Integer(int bytes, bool signed) =>
        new(TypeKind.Integer, (signed ? "s" : "u") + (bytes * 8).ToString(CultureInfo.InvariantCulture), default);

    public static readonly TypeRef Pointer = new(TypeKind.Pointer, "ptr", default);
    public static readonly TypeRef Boolean = new(TypeKind.Boolean, "bool", default);
    public static readonly TypeRef Inline = new(TypeKind.Inline, "inline", default);
    public static readonly TypeRef Void = new(TypeKind.Void, "void", default);

    public bool IsRecord => Kind == TypeKind.Record;

    public bool IsArray => Dimensions.Count > 0;

    public bool IsFlexible => IsArray && Dimensions[0] == Flexible;

    public bool IsSigned => Kind == TypeKind.Integer && Name[0] == 's';

    /// <summary>The type without its dimensions.</summary>
    public TypeRef Element => IsArray ? this with { Dimensions = default } : this;

    /// <summary>Number of elements over all dimensions; 1 for a type that is no array, 0 for a flexible array.</summary>
    public long Length => Dimensions.Aggregate(1L, (product, dimension) => product * Math.Max(dimension, 0));

    /// <summary>Size in bytes of an integer, float or opaque element, else 0 because the name alone does not tell.</summary>
    public int ScalarSize => Kind switch
    {
        TypeKind.Integer or TypeKind.Float => int.Parse(Name.Substring(1), CultureInfo.InvariantCulture) / 8,
        TypeKind.Opaque => int.Parse(Name.Substring("opaque".Length), CultureInfo.InvariantCulture),
        TypeKind.Boolean => 1,
        _ => 0,
    };

    public override string ToString()
    {
        var text = new StringBuilder(Name);
        foreach (var dimension in Dimensions)
            text.Append('[').Append(dimension == Flexible ? "" : dimension.ToString(CultureInfo.InvariantCulture)).Append(']');
        return text.ToString();
    }

    /// <summary>Reads the text form; false when the text is not one.</summary>
    public static bool TryParse(string text, out TypeRef type)
    {
        type = Void;
        var bracket = text.IndexOf('[');
        var name = bracket < 0 ? text : text.Substring(0, bracket);
        if (KindOf(name) is not { } kind || !TryParseDimensions(bracket < 0 ? "" : text.Substring(bracket), out var dimensions))
            return false;
        type = new(kind, name, dimensions);
        return true;
    }

    private static TypeKind? KindOf(string name) => name switch
    {
        "u8" or "u16" or "u32" or "u64" or "u128" or "s8" or "s16" or "s32" or "s64" or "s128" => TypeKind.Integer,
        "f16" or "f32" or "f64" or "f80" or "f96" or "f128" => TypeKind.Float,
        "bool" => TypeKind.Boolean,
        "ptr" => TypeKind.Pointer,
        "inline" => TypeKind.Inline,
        "void" => TypeKind.Void,
        _ when IsTagged(name, "struct ") || IsTagged(name, "union ") => TypeKind.Record,
        _ when IsTagged(name, "enum ") || IsTagged(name, "typedef enum ") => TypeKind.Enum,
        _ when IsTagged(name, "typedef ") => TypeKind.Record,
        _ when name.StartsWith("opaque", StringComparison.Ordinal) && name.Length is > 6 and < 14 && name.Skip(6).All(char.IsDigit) => TypeKind.Opaque,
        _ => null,
    };

    private static bool IsTagged(string name, string keyword) =>
        name.StartsWith(keyword, StringComparison.Ordinal) && CIdentifier.IsValid(name.Substring(keyword.Length));

    private static bool TryParseDimensions(string text, out EquatableArray<long> dimensions)
    {
        var list = new List<long>();
        var position = 0;
        dimensions = default;
        while (position < text.Length)
        {
            var close = text.IndexOf(']', position);
            if (text[position] != '[' || close < 0)
                return false;
            var digits = text.Substring(position + 1, close - position - 1);
            if (digits.Length == 0 && list.Count == 0)
                list.Add(Flexible);
            else if (digits.All(char.IsDigit) && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                list.Add(value);
            else
                return false;
            position = close + 1;
        }
        dimensions = list.ToEquatableArray();
        return true;
    }
}

/// <summary>The shape of a C identifier, as gcc and clang take it: letters of any script and the dollar sign too.</summary>
public static class CIdentifier
{
    public static bool IsValid(string text) => text.Length > 0 && text[0] is not (>= '0' and <= '9') && text.All(IsPart) && IsWhole(text);

    /// <summary>No half of a surrogate pair without the other.</summary>
    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
                return false;
        }
        return true;
    }

    private static bool IsPart(char c) => c is '_' or '$' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or >= '\u00a8';
}
