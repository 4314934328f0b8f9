using Faultline.AbiDiff.Rules;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Settling;

/// <summary>
/// Records and enums that only a typedef names on one side, and that have a tag too on the other:
/// <c>typedef struct {…} x_t</c> and <c>typedef struct x {…} x_t</c>. Both sides then have the tag.
/// </summary>
internal static class GainedTags
{
    public static (AbiSpec Old, AbiSpec New, IReadOnlyList<string> Gained, IReadOnlyList<string> Lost) Unify(AbiSpec old, AbiSpec current)
    {
        var gained = Renames(old, current);
        var lost = Renames(current, old);
        return (
            Renamed(old, current, gained),
            Renamed(current, old, lost),
            [.. gained.Values.Select(type => type.Name)],
            [.. lost.Values.Select(type => type.Name)]);
    }

    /// <summary>Ids of one side without a tag, and the tagged type that the other side's typedef names.</summary>
    private static Dictionary<string, TypeRef> Renames(AbiSpec untagged, AbiSpec tagged)
    {
        var ids = Ids(tagged).Where(id => !id.StartsWith("typedef ", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var same = Ids(tagged).ToHashSet(StringComparer.Ordinal);
        var own = Ids(untagged).ToHashSet(StringComparer.Ordinal);
        var typedefs = tagged.Typedefs.Where(item => item.Type is { IsArray: false, Kind: TypeKind.Record or TypeKind.Enum })
            .DistinctBy(item => item.Name).ToDictionary(item => item.Name, item => item.Type, StringComparer.Ordinal);
        return untagged.Structs.Where(record => !record.Tagged).Select(record => (record.Id, record.Name))
            .Concat(untagged.Enums.Where(item => !item.Tagged && item.Name.Length > 0).Select(item => (item.Id, item.Name)))
            .Where(item => !same.Contains(item.Id) && typedefs.TryGetValue(item.Name, out var type) && ids.Contains(type.Name)
                && !own.Contains(type.Name))
            .DistinctBy(item => item.Id)
            .ToDictionary(item => item.Id, item => typedefs[item.Name], StringComparer.Ordinal);
    }

    private static IEnumerable<string> Ids(AbiSpec spec) =>
        spec.Structs.Select(record => record.Id).Concat(spec.Enums.Select(item => item.Id));

    private static AbiSpec Renamed(AbiSpec spec, AbiSpec other, Dictionary<string, TypeRef> names)
    {
        if (names.Count == 0)
            return spec;
        var qualifiers = spec.Structs.Select(record => (record.Id, record.Qualifiers))
            .Concat(spec.Enums.Where(item => item.Name.Length > 0).Select(item => (item.Id, item.Qualifiers)))
            .Where(item => names.ContainsKey(item.Id)).DistinctBy(item => names[item.Id].Name)
            .ToDictionary(item => names[item.Id].Name, item => item.Qualifiers, StringComparer.Ordinal);
        // The typedef is qualified as this side has it.
        var typedefs = other.Typedefs.Where(item => names.ContainsKey("typedef " + item.Name)
            || names.ContainsKey("typedef enum " + item.Name)).Select(item => item with
            {
                Full = qualifiers[item.Type.Name] is { Length: > 0 } words ? $"{words} {item.Type.Name}" : "",
                    CType = FullType.Unqualified(item.CType),
            });
        var renamed = TypeRenaming.Of(spec, names.ToDictionary(item => item.Key, item => item.Value.Name, StringComparer.Ordinal));
        return renamed with
        {
            Structs = renamed.Structs.Select(record => qualifiers.ContainsKey(record.Id) ? record with { Qualifiers = "" }
                : record).ToEquatableArray(),
            Enums = renamed.Enums.Select(item => qualifiers.ContainsKey(item.Id) ? item with { Qualifiers = "" } : item).ToEquatableArray(),
            Typedefs = renamed.Typedefs.Concat(typedefs).ToEquatableArray(),
        };
    }
}
