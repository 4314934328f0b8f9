using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>What became of the reserved space of one record: each stretch of it is one change, however many fields come and go in it.</summary>
internal sealed class ReservedSpace
{
    private readonly List<AbiChange> _changes = [];
    private readonly HashSet<Place> _told = new(ReferenceEqualityComparer.Instance);

    /// <param name="subject">The record's name.</param>
    public ReservedSpace(string subject, StructSpec was, StructSpec now, List<Place> olds, List<Place> news)
    {
        if (RecordRules.IsUnion(was) || RecordRules.IsUnion(now))
            return;
        foreach (var stretch in Stretches(olds, was))
            Tell(subject, stretch, news, olds, isOld: true);
        foreach (var stretch in Stretches(news, now))
            Tell(subject, stretch, olds, news, isOld: false);
    }

    public IReadOnlyList<AbiChange> Changes => _changes;

    /// <summary>The places of a side that are not told of yet.</summary>
    public List<Place> Rest(List<Place> places) => [.. places.Where(place => !_told.Contains(place))];

    /// <summary>Neighbouring reserved fields, with the padding around them.</summary>
    private sealed record Stretch(List<Place> Places, long Begin, long End)
    {
        public bool Touches(Place place) => place.Bits > 0 && place.Bit < End && place.Bit + place.Bits > Begin;

        public bool Holds(Place place) => place.Bit >= Begin && place.Bit + place.Bits <= End;
    }

    private static IEnumerable<Stretch> Stretches(List<Place> places, StructSpec record)
    {
        var (begin, run) = (0L, new List<Place>());
        foreach (var place in places.Where(place => place.Bits > 0).OrderBy(place => place.Bit).ThenBy(place => place.Bits))
        {
            if (IsReserved(place) && !place.Overlay)
            {
                run.Add(place);
                continue;
            }
            if (run.Count > 0 && place.Bit >= run[^1].Bit + run[^1].Bits)
                yield return new(run, begin, place.Bit);
            (begin, run) = (Math.Max(begin, place.Bit + place.Bits), []);
        }
        if (run.Count > 0)
            yield return new(run, begin, record.Size * 8);
    }

    private static bool IsReserved(Place place) => ReservedName.Is(place.Name);

    /// <param name="others">The places of the other side.</param>
    /// <param name="own">All places of the side that has the stretch.</param>
    private void Tell(string subject, Stretch stretch, List<Place> others, List<Place> own, bool isOld)
    {
        if (stretch.Places.Exists(_told.Contains))
            return;
        var inside = others.Where(stretch.Touches).ToList();
        var fields = inside.Where(place => !IsReserved(place)).ToList();
        if (inside.Count == 0 || inside.Exists(_told.Contains) || fields.Exists(place => !stretch.Holds(place) || own.Exists(other => other.Name == place.Name)))
            return;
        // A field in the padding beside it leaves the reserved space as it was.
        if (fields.Count > 0 && !fields.Exists(field => stretch.Places.Exists(field.Overlaps)))
            return;
        if (fields.Count == 0 && (!isOld || inside.Select(Shape).SequenceEqual(stretch.Places.Select(Shape))))
            return;
        var kind = fields.Count == 0 ? RecordKinds.ReservedReshaped : isOld ? RecordKinds.ReservedUsed : RecordKinds.BecameReserved;
        var (reserved, used) = (Text(stretch.Places), Text(inside));
        _changes.Add(new(kind, $"{subject}.{stretch.Places[0].Name}", isOld ? reserved : used, isOld ? used : reserved));
        _told.UnionWith(stretch.Places.Concat(inside));
    }

    private static (string Name, long Bit, long Bits, TypeRef Type) Shape(Place place) => (place.Name, place.Bit, place.Bits, place.Field.Type);

    private static string Text(IEnumerable<Place> places) =>
        string.Join(", ", places.OrderBy(place => place.Bit).Select(place => $"{place.What} {place.Name} at {place.Where}"));
}
