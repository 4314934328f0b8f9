using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>What became of the members of one enum.</summary>
internal sealed class EnumMembers
{
    private readonly EnumeratorNames _names;
    private readonly EnumSpec _was;
    private readonly EnumSpec _now;

    /// <summary>Values that a name has on both sides, not a counter's. They still stand for what they stood for, whatever other names come and go.</summary>
    private readonly HashSet<BigInteger> _kept;

    public EnumMembers(EnumSpec was, EnumSpec now)
    {
        (_was, _now, _names) = (was, now, new(was, now));
        var pairs = Pairing.ByName(was.Members, now.Members, member => member.Name).ToList();
        var both = pairs.Where(pair => pair is { Old: not null, New: not null }).Select(pair => (Old: pair.Old!, New: pair.New!)).ToList();
        _kept = [.. both.Where(pair => pair.Old.Value == pair.New.Value && !_names.IsCounter(was, pair.Old) && !_names.IsCounter(now, pair.New)).Select(pair => pair.Old.Value)];
        var moved = both.Where(pair => pair.Old.Value != pair.New.Value).ToLookup(HowMoved);
        (Moved, MovedEnds, ChangedMasks) = ([.. moved[Movement.Changed]], [.. moved[Movement.End]], [.. moved[Movement.Mask]]);
        Gone = [.. pairs.Where(pair => pair.New is null).Select(pair => pair.Old!)];
        Come = [.. pairs.Where(pair => pair.Old is null).Select(pair => pair.New!)];
        // Names that are related find each other first: of two names for one value each then meets its own successor.
        Renamed = Match((old, current) => _names.AreRelated(old.Name, current.Name));
        RenamedEnd = MatchEnds();
        TakenOver = Match((old, current) => !_kept.Contains(old.Value) && !_names.IsCounter(was, old) && !_names.IsCounter(now, current));
    }

    /// <summary>Enumerators that kept their names and changed their values.</summary>
    public List<(EnumMemberSpec Old, EnumMemberSpec New)> Moved { get; }

    /// <summary>Enumerators that mark the end of the enum, which moved.</summary>
    public List<(EnumMemberSpec Old, EnumMemberSpec New)> MovedEnds { get; }

    /// <summary>Whether one that moved with the end of the enum may be a state that comes last, by its name.</summary>
    public bool MayBeState(EnumMemberSpec end) => _names.MayBeState(_was, end) && _names.MayBeState(_now, end);

    /// <summary>Enumerators that stand for all members together, and changed because these did.</summary>
    public List<(EnumMemberSpec Old, EnumMemberSpec New)> ChangedMasks { get; }

    /// <summary>Enumerators that kept their values and were renamed.</summary>
    public List<(EnumMemberSpec Old, EnumMemberSpec New)> Renamed { get; }

    /// <summary>The end of the enum, which has another value and another name.</summary>
    public (EnumMemberSpec Old, EnumMemberSpec New)? RenamedEnd { get; }

    /// <summary>Values that now belong to enumerators for something else.</summary>
    public List<(EnumMemberSpec Old, EnumMemberSpec New)> TakenOver { get; }

    /// <summary>Names without a successor.</summary>
    public List<EnumMemberSpec> Gone { get; }

    /// <summary>Names without a predecessor.</summary>
    public List<EnumMemberSpec> Come { get; }

    /// <summary>Whether a new name stands on a value that another one had and moved away from. A counter at the end moves away for it.</summary>
    public bool IsReuse(EnumMemberSpec come) => !_kept.Contains(come.Value) && !_names.IsCounter(_now, come)
        && Moved.Exists(pair => pair.Old.Value == come.Value && !_names.IsCounter(_was, pair.Old));

    private enum Movement
    {
        Changed,
        End,
        Mask,
    }

    private Movement HowMoved((EnumMemberSpec Old, EnumMemberSpec New) pair)
    {
        if (_names.IsCounter(_was, pair.Old) && _names.IsCounter(_now, pair.New))
            return Movement.End;
        return _names.IsMask(_was, pair.Old) && _names.IsMask(_now, pair.New) ? Movement.Mask : Movement.Changed;
    }

    private (EnumMemberSpec Old, EnumMemberSpec New)? MatchEnds()
    {
        var (gone, come) = (Gone.FindAll(member => _names.IsCounter(_was, member)), Come.FindAll(member => _names.IsCounter(_now, member)));
        if (gone.Count != 1 || come.Count != 1)
            return null;
        Gone.Remove(gone[0]);
        Come.Remove(come[0]);
        return (gone[0], come[0]);
    }

    /// <summary>Takes out of the names that are gone and come those that have one value and belong together: the same ones whichever side comes first.</summary>
    private List<(EnumMemberSpec Old, EnumMemberSpec New)> Match(Func<EnumMemberSpec, EnumMemberSpec, bool> belong)
    {
        var matched = new List<(EnumMemberSpec Old, EnumMemberSpec New)>();
        foreach (var old in Gone.ToList())
        {
            if (Come.Find(current => current.Value == old.Value && belong(old, current)) is not { } successor)
                continue;
            Gone.Remove(old);
            Come.Remove(successor);
            matched.Add((old, successor));
        }
        return matched;
    }
}
