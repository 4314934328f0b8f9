using System.Globalization;

namespace Faultline.AbiConsumers.Evaluation;

/// <summary>Character literals of all the languages, without their quotes. Only ASCII is the same number in each of them.</summary>
internal static class CharacterReader
{
    private const int AsciiEnd = 128;

    /// <summary>What the usual letters behind a backslash stand for.</summary>
    private const string Letters = "abfnrtv0'\"\\", Values = "\a\b\f\n\r\t\v\0'\"\\";

    /// <summary>The number of a character; false when the text is none, or not the same in every language.</summary>
    public static bool TryRead(string text, out int value)
    {
        value = text.Length == 1 && text[0] != '\\' ? text[0] : text.Length > 1 && text[0] == '\\' ? Escaped(text[1..]) : -1;
        return value is >= 0 and < AsciiEnd;
    }

    private static int Escaped(string text)
    {
        if (text.Length == 1 && Letters.IndexOf(text[0], StringComparison.Ordinal) is >= 0 and var letter)
            return Values[letter];
        if (text[0] == 'x')
            return text.Length is 2 or 3
                && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : -1;
        return text.Length <= 3 && text.All(digit => digit is >= '0' and <= '7')
            ? text.Aggregate(0, (sum, digit) => (sum * 8) + digit - '0') : -1;
    }
}
