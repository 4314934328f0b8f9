using Faultline.AbiModel;

namespace Faultline.AbiDiff.Settling;

/// <summary>
/// Typedefs for rows of a record without a name, <c>typedef struct {…} t[4]</c>, which a model lists with what it has no form for. Here
/// they are typedefs as others.
/// </summary>
internal static class ArrayTypedefs
{
    private const string Typedef = "typedef ";

    public static AbiSpec Of(AbiSpec spec)
    {
        var found = spec.Unresolved.Where(item => item.Full.Length > 0 && item.Name.StartsWith(Typedef, StringComparison.Ordinal)).ToList();
        return found.Count == 0 ? spec : spec with
        {
            Unresolved = spec.Unresolved.Except(found).ToEquatableArray(),
            Typedefs = spec.Typedefs.Concat(found.Select(One)).ToEquatableArray(),
        };
    }

    private static TypedefSpec One(UnresolvedSpec item)
    {
        var rows = item.Full.IndexOf('[', StringComparison.Ordinal);
        var type = rows > 0 && TypeRef.TryParse(TypeRef.Inline.Name + item.Full[rows..], out var array) ? array : TypeRef.Inline;
        return new()
        {
            Name = item.Name[Typedef.Length..], CType = item.Full, Full = item.Full, Type = type, Unnamed = item.Unnamed,
            Size = item.Unnamed.Sum(record => record.Size) * type.Length,
        };
    }
}
