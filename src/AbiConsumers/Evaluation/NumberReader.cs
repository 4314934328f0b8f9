using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Faultline.AbiConsumers.Evaluation;

/// <summary>Integer literals of all the languages: prefixes, digit separators and type suffixes.</summary>
internal static partial class NumberReader
{
    /// <summary>The value; false when the text is no integer literal (a float, a number cut off).</summary>
    /// <param name="leadingZeroIsOctal">Whether 017 is fifteen, as in C and Go.</param>
    public static bool TryRead(string text, bool leadingZeroIsOctal, out BigInteger value)
    {
        value = default;
        var match = Literal().Match(text);
        if (!match.Success)
            return false;
        var digits = match.Groups["digits"].Value.Replace("_", "", StringComparison.Ordinal);
        var radix = match.Groups["prefix"].Value.ToLowerInvariant() switch
        {
            "0x" => 16,
            "0b" => 2,
            "0o" => 8,
            _ when leadingZeroIsOctal && digits.Length > 1 && digits[0] == '0' => 8,
            _ => 10,
        };
        if (digits.Length is 0 or > 128)
            return false;
        foreach (var digit in digits)
        {
            var number = int.Parse(digit.ToString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (number >= radix)
                return false;
            value = (value * radix) + number;
        }
        return true;
    }

    [GeneratedRegex("""\A(?:(?<prefix>0[xX])(?<digits>[0-9a-fA-F_]+?)|(?<prefix>0[bBoO])(?<digits>[0-9_]+)|(?<digits>[0-9][0-9_]*))_?(?:[uU]?[lL]{0,2}[uU]?|[ui](?:8|16|32|64|128|size))\z""")]
    private static partial Regex Literal();
}
