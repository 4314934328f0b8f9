using System.Globalization;
using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>What a macro with a value is used as, as far as its name and form tell.</summary>
internal enum MacroUse
{
    Constant,
    Flag,
    Event,
}

/// <summary>A macro with a value, whichever list of the model it is in. Which list that is follows from names and is no drift by itself.</summary>
internal sealed record Macro(ConstantSpec Constant, MacroUse Use, string Group)
{
    public string Name => Constant.Name;

    /// <summary>A mask is made of other names by <c>|</c>.</summary>
    public bool IsMask => Use == MacroUse.Constant && Constant.Kind == ValueKind.Integer && Constant.Expression.Contains('|', StringComparison.Ordinal);

    public string Text => Constant.Kind switch
    {
        ValueKind.String => $"\"{Constant.Value}\"",
        ValueKind.Integer when Use == MacroUse.Flag && Constant.Bit is { } bit => $"1 << {bit}",
        ValueKind.Integer => Hex(Constant.Integer),
        _ => Constant.Value,
    };

    /// <summary>A number as C programmers read it: hexadecimal from ten on.</summary>
    public static string Hex(BigInteger value) => value > 9 ? $"0x{value.ToString("x").TrimStart('0')}" : value.ToString();

    public bool SameValue(Macro other) => Constant.Kind == other.Constant.Kind
        ? Constant.Value == other.Constant.Value
            || (Constant.Kind == ValueKind.Integer && SameNumber.Is(Constant.Integer, other.Constant.Integer))
        : AreEqual(Constant, other.Constant);

    /// <summary>Whether one is a whole number and the other the same number with a point: <c>3.0</c> and <c>3</c>.</summary>
    private static bool AreEqual(ConstantSpec left, ConstantSpec right) => left.Kind != ValueKind.String && right.Kind != ValueKind.String
        && double.TryParse(left.Value, CultureInfo.InvariantCulture, out var a)
        && double.TryParse(right.Value, CultureInfo.InvariantCulture, out var b) && a.Equals(b);

    public static IEnumerable<Macro> Of(AbiSpec spec) => spec.Constants.Select(constant => new Macro(constant, MacroUse.Constant, ""))
        .Concat(spec.Flags.SelectMany(group => group.Members.Select(member => new Macro(member, MacroUse.Flag, group.Name))))
        .Concat(spec.Events.SelectMany(group => group.Members.Select(member => new Macro(member, MacroUse.Event, group.Name))));
}
