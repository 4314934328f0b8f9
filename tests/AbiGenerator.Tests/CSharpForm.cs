using System.Globalization;
using Faultline.AbiEmit.CSharp;
using Faultline.AbiExtractor.Tests;
using Faultline.AbiModel;

namespace Faultline.AbiGenerator.Tests;

/// <summary>What of a model can be told by C#. All of that must be: what the generated code does not answer is lost.</summary>
internal static class CSharpForm
{
    /// <summary>Alignment is the C compiler's business, typedefs are no types in C#, what has no bytes has no size, and no integer of C# holds a wider bit-field.</summary>
    public static bool Has(Fact fact, AbiSpec spec) => fact.Key.Split(' ', 2) switch
    {
        ["alignof" or "typedef", _] => false,
        ["sizeof", var id] => HasType(id, spec),
        ["offset", var path] => HasType(Record(path), spec),
        ["size", var path] => HasType(Record(path), spec) && fact.Value != "0",
        ["bits", var path] => HasType(Record(path), spec) && int.Parse(fact.Value.Split('+')[1], CultureInfo.InvariantCulture) <= 64,
        _ => true,
    };

    private static bool HasType(string id, AbiSpec spec) => StructPlan.HasForm(spec.Structs.First(record => record.Id == id));

    private static string Record(string path) => path[..path.IndexOf('.', StringComparison.Ordinal)];
}
