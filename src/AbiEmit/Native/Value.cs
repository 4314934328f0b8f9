using System.Globalization;
using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Native;

/// <summary>A name with a number or text behind it: a macro, a flag, an enumerator.</summary>
/// <param name="Type">The type of its place: of a flag that of its word.</param>
/// <param name="Hex">Whether the header thinks of it as bits.</param>
internal sealed record Value(string Name, ValueKind Kind, string Text, TypeRef Type, bool Hex, string Doc)
{
    public BigInteger Integer => BigInteger.Parse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>The number in the width and sign of its type.</summary>
    public BigInteger Wrapped
    {
        get
        {
            if (Type.Kind != TypeKind.Integer)
                return Integer;
            var bits = Type.ScalarSize * 8;
            var wrapped = Integer & ((BigInteger.One << bits) - 1);
            return Type.IsSigned && wrapped >> (bits - 1) == 1 ? wrapped - (BigInteger.One << bits) : wrapped;
        }
    }

    /// <summary>The number as digits that all languages read alike.</summary>
    public string Digits => Digital(Wrapped, Hex);

    public static string Digital(BigInteger number, bool hex) => !hex || number.Sign < 0
        ? number.ToString(CultureInfo.InvariantCulture)
        : "0x" + (number.ToString("x", CultureInfo.InvariantCulture).TrimStart('0') is { Length: > 0 } digits ? digits : "0");

    public static string Digital(uint request) => "0x" + request.ToString("x8", CultureInfo.InvariantCulture);
}
