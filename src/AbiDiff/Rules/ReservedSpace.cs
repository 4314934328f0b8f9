using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>
/// What became of the reserved space of one record: each stretch of it is one change, however many fields come and go
/// in it.
/// </summary>
internal sealed class ReservedSpace
{
    private readonly List<AbiChange> _changes = [];
    private readonly HashSet<Place> _told = new(ReferenceEqualityComparer.Instance);

    /// <param name="subject">The record's name.</param>
    public ReservedSpace(string subject, StructSpec was, StructSpec now, List<Place> olds, List<Place> news)
    {
        if (RecordRules.IsUnion(was) || RecordRules.IsUnion(now))
            return;
        List<Stretch> before = [.. Stretches(olds, was)], after = [.. Stretches(news, now)];
        foreach (var stretch in before)
            TellUse(subject, RecordKinds.ReservedUsed, stretch, news, olds);
        foreach (var stretch in after)
            TellUse(subject, RecordKinds.BecameReserved, stretch, olds, news);
        foreach (var stretch in before)
            TellShape(subject, stretch, after.Find(other => other.Begin == stretch.Begin && IsSameEnd(stretch.End, other.End)));
        bool IsSameEnd(long old, long current) => old == current || (old == was.Size * 8 && current == now.Size * 8);
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

    /// <summary>Tells of fields that are where space is reserved on one side.</summary>
    /// <param name="others">The places of the other side.</param>
    /// <param name="own">All places of the side that has the stretch.</param>
    private void TellUse(string subject, ChangeKind kind, Stretch stretch, List<Place> others, List<Place> own)
    {
        var inside = others.Where(stretch.Touches).ToList();
        var fields = inside.Where(place => !IsReserved(place)).ToList();
        // A field in the padding next to it leaves the reserved space as it was.
        if (!fields.Exists(field => stretch.Places.Exists(field.Overlaps))
            || fields.Exists(place => !(stretch.Holds(place) || place.Overlay) || own.Exists(other => other.Name == place.Name)))
        {
            return;
        }
        var (reserved, used) = (Text(stretch.Places), Text(inside));
        var isUse = kind == RecordKinds.ReservedUsed;
        _changes.Add(new(kind, Subject.Member(subject, stretch.Places[0].Name), isUse ? reserved : used, isUse ? used : reserved));
        _told.UnionWith(stretch.Places.Concat(inside));
    }

    /// <summary>Tells of reserved space that is there on both sides and looks different.</summary>
    private void TellShape(string subject, Stretch was, Stretch? now)
    {
        if (now is null || was.Places.Concat(now.Places).Any(_told.Contains)
            || was.Places.Select(Shape).SequenceEqual(now.Places.Select(Shape)))
            return;
        var name = new[] { was.Places[0].Name, now.Places[0].Name }.Min(StringComparer.Ordinal);
        _changes.Add(new(RecordKinds.ReservedReshaped, Subject.Member(subject, name ?? ""), Text(was.Places), Text(now.Places)));
        _told.UnionWith(was.Places.Concat(now.Places));
    }

    private static (string Name, long Bit, long Bits, TypeRef Type) Shape(Place place) =>
        (place.Name, place.Bit, place.Bits, place.Field.Type);

    private static string Text(IEnumerable<Place> places) =>
        string.Join(", ", places.OrderBy(place => place.Bit).Select(place => $"{place.What} {place.Name} at {place.Where}"));
}
