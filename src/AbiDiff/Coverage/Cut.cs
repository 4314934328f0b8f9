using Faultline.AbiModel;

namespace Faultline.AbiDiff.Coverage;

/// <summary>Cuts lists down to what both sides can tell, and keeps account of what fell off.</summary>
internal sealed class Cut(AbiSide old, AbiSide current)
{
    private static readonly (AbiDetails Detail, string What)[] Details =
    [
        (AbiDetails.Target, "target"),
        (AbiDetails.Alignment, "alignment of records"),
        (AbiDetails.Packing, "packed attributes"),
        (AbiDetails.ConstantTypes, "C types of macros"),
        (AbiDetails.IoctlArguments, "argument types of ioctls"),
        (AbiDetails.ArrayShape, "dimensions of arrays"),
        (AbiDetails.CharacterSign, "sign of char"),
        (AbiDetails.Qualifiers, "const, volatile and what is pointed to"),
    ];

    private readonly List<Omission> _omitted = [];

    public EquatableArray<Omission> Omitted => _omitted.ToEquatableArray();

    public (EquatableArray<T> Old, EquatableArray<T> New) Lists<T>(
        string what, Func<AbiCoverage, Reach> reach, Func<AbiSpec, EquatableArray<T>> list, Func<T, string> name)
        where T : IEquatable<T>
    {
        var names = Names(what, reach, spec => list(spec).Select(name));
        EquatableArray<T> Kept(AbiSide side) => list(side.Spec).Where(item => names.Contains(name(item))).ToEquatableArray();
        return (Kept(old), Kept(current));
    }

    /// <summary>The names whose presence or absence both sides can tell.</summary>
    public HashSet<string> Names(string what, Func<AbiCoverage, Reach> reach, Func<AbiSpec, IEnumerable<string>> names)
    {
        HashSet<string> olds = [.. names(old.Spec)], news = [.. names(current.Spec)];
        var kept = new HashSet<string>(olds.Union(news), StringComparer.Ordinal);
        Drop(what, old, reach(old.Coverage), olds, kept);
        Drop(what, current, reach(current.Coverage), news, kept);
        return kept;
    }

    private void Drop(string what, AbiSide side, Reach reach, HashSet<string> named, HashSet<string> kept)
    {
        if (reach == Reach.Whole)
            return;
        var whole = side.Coverage.AllOf;
        bool Speaks(string name) => reach != Reach.None && (named.Contains(name) || whole.Any(start => name.StartsWith(start, StringComparison.Ordinal)));
        var dropped = kept.Where(name => !Speaks(name)).Order(StringComparer.Ordinal).ToEquatableArray();
        kept.ExceptWith(dropped);
        if (dropped.Count > 0)
            _omitted.Add(new(what, dropped, side.Name, side.Coverage.Because));
    }

    /// <summary>Adds what models hide that were made before types were kept in full.</summary>
    public void AddUntold(
        (EquatableArray<StructSpec> Old, EquatableArray<StructSpec> New) records,
        (EquatableArray<TypedefSpec> Old, EquatableArray<TypedefSpec> New) typedefs)
    {
        if ((old.Coverage.Unknown | current.Coverage.Unknown).HasFlag(AbiDetails.Qualifiers))
            return;
        var both = records.Old.Select(record => record.Id).Intersect(records.New.Select(record => record.Id))
            .ToHashSet(StringComparer.Ordinal);
        var names = typedefs.Old.Select(item => item.Name).Intersect(typedefs.New.Select(item => item.Name))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (side, its, own) in new[] { (old, records.Old, typedefs.Old), (current, records.New, typedefs.New) })
        {
            _omitted.AddRange(Untold.Of(side, its.Where(record => both.Contains(record.Id)),
                [.. own.Where(item => names.Contains(item.Name))]));
        }
    }

    public AbiDetails UnknownDetails()
    {
        foreach (var side in new[] { old, current })
        {
            var unknown = Details.Where(known => side.Coverage.Unknown.HasFlag(known.Detail)).Select(known => known.What).ToList();
            if (unknown.Count > 0)
                _omitted.Add(new(string.Join(", ", unknown), default, side.Name, side.Coverage.Because));
        }

        return old.Coverage.Unknown | current.Coverage.Unknown;
    }
}
