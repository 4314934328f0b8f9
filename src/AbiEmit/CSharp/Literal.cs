using System.Globalization;
using System.Numerics;
using System.Text;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>Values as C# literals.</summary>
internal static class Literal
{
    /// <summary>An integer as a constant of the type; its bits are kept when the type has another sign.</summary>
    public static string Of(BigInteger value, TypeRef type)
    {
        var size = type.ScalarSize;
        var bits = size * 8;
        var wrapped = value & ((BigInteger.One << bits) - 1);
        if (type.IsSigned && wrapped >> (bits - 1) == 1)
            wrapped -= BigInteger.One << bits;
        if (wrapped == long.MinValue)
            return "long.MinValue";
        if (wrapped == int.MinValue && size == 4)
            return "int.MinValue";
        var decimalForm = wrapped.Sign < 0 || wrapped < 10 || type.IsSigned;
        var text = decimalForm ? wrapped.ToString(CultureInfo.InvariantCulture)
            : "0x" + wrapped.ToString("X", CultureInfo.InvariantCulture).TrimStart('0');
        return text + (type.IsSigned ? size == 8 ? "L" : "" : size == 8 ? "UL" : size == 4 ? "U" : "");
    }

    public static string Of(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                < ' ' or > '~' => quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => quoted.Append(c),
            };
        }
        return quoted.Append('"').ToString();
    }
}
