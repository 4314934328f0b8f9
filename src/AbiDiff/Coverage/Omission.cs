using Faultline.AbiModel;

namespace Faultline.AbiDiff.Coverage;

/// <summary>Something one side has and the other cannot speak for: it was not compared.</summary>
/// <param name="What">For example <c>enums</c>.</param>
/// <param name="Names">The names left out, sorted; empty when it is a property of everything, such as alignment.</param>
/// <param name="Side">The name of the side that cannot tell.</param>
/// <param name="Because">Why it cannot, in the words of its source.</param>
public sealed record Omission(string What, EquatableArray<string> Names, string Side, string Because)
{
    private const int NamesShown = 4;

    public override string ToString()
    {
        var names = Names.Count == 0 ? "" : $" ({Names.Count}: {string.Join(", ", Names.Take(NamesShown))}{(Names.Count > NamesShown ? ", …" : "")})";
        return $"{What}{names}: {Side} cannot tell{(Because.Length == 0 ? "" : $"; {Because}")}";
    }
}
