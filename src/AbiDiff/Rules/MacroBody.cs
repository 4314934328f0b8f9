using System.Globalization;
using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>
/// What a macro without a value expands to, token by token: names of its parameters and spellings of numbers are of
/// no matter.
/// </summary>
internal static class MacroBody
{
    private const int LongestText = 100;

    private const string Nothing = "nothing";

    /// <summary>True also where a source does not tell what one of them expands to.</summary>
    public static bool AreSame(UnresolvedSpec old, UnresolvedSpec current) =>
        !IsKnown(old) || !IsKnown(current) || Tokens(old).SequenceEqual(Tokens(current), StringComparer.Ordinal);

    public static string Text(UnresolvedSpec item) => item.Body.Length == 0 ? Nothing
        : item.Body.Length <= LongestText ? item.Body : item.Body[..LongestText] + "…";

    private static bool IsKnown(UnresolvedSpec item) => item.Body.Length > 0 || item.Kind == "empty";

    private static IEnumerable<string> Tokens(UnresolvedSpec item)
    {
        var tokens = item.Body.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var end = item.Kind == "function-like" ? Array.IndexOf(tokens, ")") : -1;
        var parameters = tokens.Take(end + 1).Where(token => token is not ("(" or ")" or ",")).ToList();
        return tokens.Select(token => parameters.IndexOf(token) is >= 0 and var index ? $"#{index}" : Number(token));
    }

    /// <summary>A whole number in decimal, with its suffix; any other token as it is.</summary>
    private static string Number(string token)
    {
        if (!char.IsAsciiDigit(token[0]))
            return token;
        var digits = token.TrimEnd('u', 'U', 'l', 'L');
        var suffix = token[digits.Length..].ToUpperInvariant();
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return BigInteger.TryParse("0" + digits[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex)
                ? hex + suffix : token;
        return digits[0] != '0' && BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number + suffix : token;
    }
}
