using System.Globalization;
using System.Numerics;

namespace Faultline.AbiModel;

/// <summary>What a macro that takes arguments is for some of them, as the compiler evaluates it.</summary>
/// <remarks>
/// The text form is <c>1,2=u32:258</c>: the arguments, the type of the expression, its value. Samples of one macro stand
/// side by side with a blank between.
/// </remarks>
/// <param name="Arguments">Whole numbers with a comma between; empty for a macro whose parentheses are empty.</param>
/// <param name="Type">The integer that the expression is.</param>
public sealed record MacroSample(string Arguments, TypeRef Type, BigInteger Value)
{
    public override string ToString() => $"{Arguments}={Type}:{Value.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The text form of several.</summary>
    public static string Format(EquatableArray<MacroSample> samples) => string.Join(" ", samples);

    /// <summary>Reads the text form of several; false when the text is not one.</summary>
    public static bool TryParse(string text, out EquatableArray<MacroSample> samples)
    {
        samples = default;
        if (text.Length == 0)
            return true;
        var read = text.Split(' ').Select(One).ToList();
        if (read.Contains(null) || read.Select(sample => sample!.Arguments).Distinct().Count() < read.Count)
            return false;
        samples = read.Select(sample => sample!).ToEquatableArray();
        return true;
    }

    private static MacroSample? One(string text)
    {
        var (equals, colon) = (text.IndexOf('='), text.IndexOf(':'));
        if (equals < 0 || colon < equals
            || (equals > 0 && !text.Substring(0, equals).Split(',').All(argument => IsNumber(argument) && argument[0] != '-')))
            return null;
        return TypeRef.TryParse(text.Substring(equals + 1, colon - equals - 1), out var type)
            && type is { Kind: TypeKind.Integer, IsArray: false }
            && IsNumber(text.Substring(colon + 1))
            ? new(text.Substring(0, equals), type, BigInteger.Parse(text.Substring(colon + 1), CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>Whether a text is a whole number, as this writes one.</summary>
    private static bool IsNumber(string text) =>
        BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value.ToString(CultureInfo.InvariantCulture) == text;
}
