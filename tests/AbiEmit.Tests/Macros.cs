using Faultline.AbiModel;

namespace Faultline.AbiEmit.Tests;

/// <summary>Macros as the extractor describes them.</summary>
internal static class Macros
{
    public static ConstantSpec Constant(string name, string expression, ulong value, int bytes = 4) => new()
    {
        Name = name,
        CType = "unsigned int",
        Type = TypeRef.Integer(bytes, signed: false),
        Value = value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Expression = expression,
    };

    /// <summary>A constant that is written as a hexadecimal number.</summary>
    public static ConstantSpec Hex(string name, ulong value) =>
        Constant(name, "0x" + value.ToString("x8", System.Globalization.CultureInfo.InvariantCulture), value);

    public static AbiSpec Model(string header, params ConstantSpec[] constants) =>
        AbiOrder.Sorted(new() { Header = header, Target = "x86_64-linux-gnu", PointerSize = 8, Constants = constants.ToEquatableArray() });

    public static UnresolvedSpec Request(string name, string body, params (string Arguments, uint Value)[] samples) => new()
    {
        Name = name,
        Kind = "function-like",
        Body = body,
        Reason = "it takes arguments",
        Samples = samples.Select(sample => new MacroSample(sample.Arguments, TypeRef.Integer(4, signed: false), sample.Value))
            .ToEquatableArray(),
    };
}
