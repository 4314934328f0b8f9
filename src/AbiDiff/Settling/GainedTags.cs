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
        var ids = Ids(tagged).ToHashSet(StringComparer.Ordinal);
        var own = Ids(untagged).ToHashSet(StringComparer.Ordinal);
        var typedefs = tagged.Typedefs.Where(item => item.Type is { IsArray: false, Kind: TypeKind.Record or TypeKind.Enum })
            .DistinctBy(item => item.Name).ToDictionary(item => item.Name, item => item.Type, StringComparer.Ordinal);
        return untagged.Structs.Where(record => !record.Tagged).Select(record => (record.Id, record.Name))
            .Concat(untagged.Enums.Where(item => !item.Tagged && item.Name.Length > 0).Select(item => (item.Id, item.Name)))
            .Where(item => !ids.Contains(item.Id) && typedefs.TryGetValue(item.Name, out var type) && ids.Contains(type.Name)
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
        TypeRef Type(TypeRef type) => names.TryGetValue(type.Name, out var named) ? type with { Name = named.Name } : type;
        StructSpec Record(StructSpec record) => record with
        {
            Fields = record.Fields.Select(field =>
                field with
                {
                    Type = Type(field.Type),
                    Pointee = field.Pointee is { } to ? Type(to) : null,
                    Inline = field.Inline is { } inline ? Record(inline) : null,
                }).ToEquatableArray(),
        };
        var typedefs = other.Typedefs.Where(item => names.ContainsKey("typedef " + item.Name)
            || names.ContainsKey("typedef enum " + item.Name));
        return spec with
        {
            Structs = spec.Structs.Select(record =>
                Record(names.TryGetValue(record.Id, out var tag) ? record with { Tagged = true, Name = Tag(tag) } : record))
                .ToEquatableArray(),
            Enums = spec.Enums.Select(item => names.TryGetValue(item.Id, out var tag) ? item with { Tagged = true, Name = Tag(tag) }
                : item).ToEquatableArray(),
            Typedefs = spec.Typedefs.Select(item => item with { Type = Type(item.Type) }).Concat(typedefs).ToEquatableArray(),
            Ioctls = spec.Ioctls.Select(ioctl => ioctl with { ArgumentType = Type(ioctl.ArgumentType) }).ToEquatableArray(),
        };
    }

    private static string Tag(TypeRef type) => type.Name[(type.Name.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}
