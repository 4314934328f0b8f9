using System.Globalization;
using System.Numerics;
using System.Text;

namespace Faultline.AbiModel.Json;

/// <summary>Writes one JSON object on one line.</summary>
internal sealed class JsonLine
{
    /// <summary>Integers beyond this lose digits in readers that hold numbers as doubles; they are written as strings.</summary>
    private static readonly BigInteger LargestSafeInteger = (BigInteger.One << 53) - 1;

    private readonly StringBuilder _text = new();

    public static string Quote(string text)
    {
        // Nearly all are names: only what has to be written otherwise is worth a buffer of its own.
        if (!text.Any(IsEscaped))
            return string.Concat("\"", text, "\"");
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                '\r' => quoted.Append("\\r"),
                _ when IsEscaped(c) => quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => quoted.Append(c),
            };
        }
        return quoted.Append('"').ToString();
    }

    private static bool IsEscaped(char c) =>
        c is '"' or '\\' or < ' ' or (>= '\x7f' and < '\xa0') or (>= '\ud800' and <= '\udfff') or '\u2028' or '\u2029';

    public static string Number(BigInteger value)
    {
        var digits = value.ToString(CultureInfo.InvariantCulture);
        return BigInteger.Abs(value) > LargestSafeInteger ? Quote(digits) : digits;
    }

    public JsonLine Text(string name, string value) => Raw(name, Quote(value));

    /// <summary>Writes the member unless the text is empty, which is what its absence means to the reader.</summary>
    public JsonLine Optional(string name, string value) => value.Length == 0 ? this : Text(name, value);

    public JsonLine Integer(string name, BigInteger value) => Raw(name, Number(value));

    /// <summary>Writes the member when it is true, which is what its absence denies.</summary>
    public JsonLine Flag(string name, bool value) => value ? Raw(name, "true") : this;

    public JsonLine Raw(string name, string json)
    {
        _text.Append(_text.Length == 0 ? "" : ", ").Append(Quote(name)).Append(": ").Append(json);
        return this;
    }

    /// <summary>The members without braces.</summary>
    public override string ToString() => _text.ToString();
}
