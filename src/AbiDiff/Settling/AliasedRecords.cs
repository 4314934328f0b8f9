using Faultline.AbiModel;

namespace Faultline.AbiDiff.Settling;

/// <summary>
/// Records without a tag that several typedefs name, <c>typedef struct {…} guid_t; typedef guid_t uuid_le</c>: a model calls them by
/// one of the names, and which that is says nothing. Both sides then call them by one that both have.
/// </summary>
internal static class AliasedRecords
{
    public static (AbiSpec Old, AbiSpec New) Unify(AbiSpec old, AbiSpec current)
    {
        var renamed = Renamed(old, current);
        return (renamed, Renamed(current, renamed));
    }

    private static AbiSpec Renamed(AbiSpec spec, AbiSpec other)
    {
        var ids = Untagged(spec).ToHashSet(StringComparer.Ordinal);
        if (ids.Count == 0)
            return spec;
        var (others, names) = (Untagged(other).ToHashSet(StringComparer.Ordinal), Names(other));
        var calls = spec.Typedefs
            .Where(item => ids.Contains(item.Type.Name) && !item.Type.IsArray && !others.Contains(item.Type.Name)
                && names.Contains(Id(item.Name)) && !ids.Contains(Id(item.Name)))
            .DistinctBy(item => item.Type.Name).ToDictionary(item => item.Type.Name, item => Id(item.Name), StringComparer.Ordinal);
        if (calls.Count == 0)
            return spec;
        var renamed = TypeRenaming.Of(spec, calls);
        return renamed with
        {
            // The record has the one name itself now, and the other is a typedef of it.
            Typedefs = renamed.Typedefs.Where(item => !calls.ContainsValue(Id(item.Name)))
                .Concat(calls.Select(name => Typedef(spec, name.Key, name.Value))).ToEquatableArray(),
        };
    }

    private static TypedefSpec Typedef(AbiSpec spec, string was, string now) => new()
    {
        Name = TypeRenaming.Tag(was), CType = TypeRenaming.Tag(now), Type = new(TypeKind.Record, now, default),
        Size = spec.Structs.First(record => record.Id == was).Size,
    };

    /// <summary>All names of records without a tag.</summary>
    private static HashSet<string> Names(AbiSpec spec)
    {
        var names = Untagged(spec).ToHashSet(StringComparer.Ordinal);
        names.UnionWith([.. spec.Typedefs.Where(item => names.Contains(item.Type.Name) && !item.Type.IsArray)
            .Select(item => Id(item.Name))]);
        return names;
    }

    private static IEnumerable<string> Untagged(AbiSpec spec) => spec.Structs.Where(record => !record.Tagged).Select(record => record.Id);

    private static string Id(string name) => "typedef " + name;
}
