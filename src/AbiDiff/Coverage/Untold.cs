using Faultline.AbiDiff.Rules;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Coverage;

/// <summary>What a model that was made before types were kept in full hides: each place by the spelling of its type.</summary>
internal static class Untold
{
    private const string Older = "its model was made before types were kept in full";

    /// <param name="side">A side that can tell of types in full.</param>
    /// <param name="records">Its records that the other side has too.</param>
    /// <param name="typedefs">Such typedefs.</param>
    public static IEnumerable<Omission> Of(AbiSide side, IEnumerable<StructSpec> records, IReadOnlyList<TypedefSpec> typedefs)
    {
        var places = records.SelectMany(record => Places(record.Id, record))
            .Concat(typedefs.Select(item => (Path: "typedef " + item.Name, Type: UnnamedType.Of(item), item.Full)))
            .Concat(typedefs.SelectMany(item =>
                item.Unnamed.SelectMany(record => Places(Subject.Behind("typedef " + item.Name), record)))).ToList();
        var holders = typedefs.Where(item => item.Unnamed.Count > 0).Select(item => item.Name)
            .Concat(side.Spec.Unresolved.Where(item => item.Unnamed.Count > 0).Select(item => Subject.NameOf(item.Name)))
            .ToHashSet(StringComparer.Ordinal);
        return new[]
        {
            Omission("qualifiers and functions pointed to", place => place.Full.Length == 0
                && FullType.IsBeyondLayout(place.Type.Spelling)),
            Omission("records without a name behind pointers", place => place.Type.Records.Count == 0
                && (IsBehindPointer(place.Full) || IsBehindPointer(place.Type.Spelling))
                    && !holders.Contains(FullType.Named(place.Type.Spelling))),
        }.OfType<Omission>();

        Omission? Omission(string what, Func<(string Path, UnnamedType Type, string Full), bool> isHidden) =>
            places.Where(isHidden).Select(place => place.Path).Order(StringComparer.Ordinal).ToEquatableArray() is { Count: > 0 } names
                ? new(what, names, side.Name, Older) : null;
    }

    private static bool IsBehindPointer(string text) =>
        text.Contains("{...}", StringComparison.Ordinal) && text.Contains('*', StringComparison.Ordinal);

    private static IEnumerable<(string Path, UnnamedType Type, string Full)> Places(string path, StructSpec record) =>
        record.Fields.SelectMany(field =>
        {
            var place = field.Name.Length == 0 ? path : Subject.Member(path, field.Name);
            var inner = field.Inline is { } inline ? Places(place, inline)
                : field.Unnamed.SelectMany(unnamed => Places(Subject.Behind(place), unnamed));
            return field.Inline is not null && field.Name.Length == 0 ? inner : inner.Prepend((place, UnnamedType.Of(field), field.Full));
        });
}
