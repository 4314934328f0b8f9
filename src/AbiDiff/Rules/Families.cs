using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>
/// Macros of both sides that are bits of one word, or numbers of one list, as their names and values tell; and who of
/// them took over from whom.
/// </summary>
internal sealed class Families
{
    /// <summary>The least number of names that make a family when no word in them says that they are one.</summary>
    private const int SmallestFamily = 3;

    private static readonly HashSet<string> Markers =
        new(["FEATURE", "FEATURES", "FLAG", "FLAGS", "MODE", "MODES", "F", "CAP", "CAPS"], StringComparer.Ordinal);

    private readonly List<(Macro? Old, Macro? New)> _pairs;
    private readonly ILookup<string, (Macro? Old, Macro? New)> _byBeginning;

    public Families(List<(Macro? Old, Macro? New)> pairs)
    {
        _pairs = [.. pairs.Where(pair => (pair.Old ?? pair.New)!.Constant.Kind == ValueKind.Integer)];
        _byBeginning = _pairs.SelectMany(pair => Beginnings(NameOf(pair)).Select(beginning => (Beginning: beginning, Pair: pair)))
            .ToLookup(item => item.Beginning, item => item.Pair, StringComparer.Ordinal);
    }

    /// <summary>New names, each with the name of the same family that is gone and whose value it has.</summary>
    public Dictionary<Macro, Macro> Successors()
    {
        var gone = _pairs.Where(pair => pair.New is null).Select(pair => pair.Old!).ToList();
        var successors = new Dictionary<Macro, Macro>();
        foreach (var come in _pairs.Where(pair => pair.Old is null).Select(pair => pair.New!))
        {
            if (gone.FirstOrDefault(candidate => candidate.SameValue(come) && AreOne(candidate, come)) is not { } predecessor)
                continue;
            gone.Remove(predecessor);
            successors.Add(come, predecessor);
        }
        return successors;
    }

    /// <summary>What the names of two macros of a family begin with.</summary>
    public static string NameOf(Macro left, Macro right) =>
        left.Use != MacroUse.Constant && left.Group == right.Group ? left.Group : Shared(left, right);

    /// <summary>
    /// Whether two names of a family are the same thing renamed: most of their words are the same, or the last is,
    /// which no other has.
    /// </summary>
    public bool AreRelated(Macro left, Macro right)
    {
        var family = NameOf(left, right);
        if (Pairing.AreRelated(left.Name, right.Name, family))
            return true;
        string[] one = Own(left, family), other = Own(right, family);
        return one.Length > 1 && other.Length > 1 && one[^1] == other[^1]
            && one.Intersect(other).Count() * 2 >= Math.Max(one.Length, other.Length)
            && _byBeginning[family].Count(pair => CountingName.Words(NameOf(pair))[^1] == one[^1]) == 2;
    }

    private static string[] Own(Macro macro, string family) => CountingName.Words(macro.Name[family.Length..]);

    private bool AreOne(Macro gone, Macro come)
    {
        if (gone.Use != MacroUse.Constant || come.Use != MacroUse.Constant)
            return gone.Group == come.Group && !AreSeparate(gone, come) && !IsKept(gone, come);
        var shared = Shared(gone, come);
        return shared.Length > 0 && !gone.IsMask && !come.IsMask && IsFamily(shared) && !AreSeparate(gone, come) && !IsKept(gone, come);
    }

    /// <summary>By one of the words that groups have, or because all of its names are single bits, at least three on each side.</summary>
    private bool IsFamily(string beginning)
    {
        var words = CountingName.Words(beginning);
        if (words.Skip(1).Any(Markers.Contains))
            return true;
        bool AreBits(IEnumerable<Macro?> side) => side.OfType<Macro>().ToList() is { Count: >= SmallestFamily } members
            && members.TrueForAll(member => member.Constant.Bit is not null);
        return words.Length > 1 && AreBits(_byBeginning[beginning].Select(pair => pair.Old))
            && AreBits(_byBeginning[beginning].Select(pair => pair.New));
    }

    /// <summary>
    /// Whether names that begin otherwise have values in common on one side: then they are two words of bits, as
    /// ACCESS_FS and ACCESS_NET.
    /// </summary>
    private bool AreSeparate(Macro gone, Macro come)
    {
        var shared = Shared(gone, come);
        var (left, right) = (Part(gone, shared), Part(come, shared));
        return left != right
            && (Values(left, pair => pair.Old).Overlaps(Values(right, pair => pair.Old))
                || Values(left, pair => pair.New).Overlaps(Values(right, pair => pair.New)));
    }

    private HashSet<BigInteger> Values(string beginning, Func<(Macro? Old, Macro? New), Macro?> side) =>
        [.. _byBeginning[beginning].Select(side).OfType<Macro>().Select(macro => macro.Constant.Integer)];

    /// <summary>Whether another name of the family has the value on both sides: then it stays what it was.</summary>
    private bool IsKept(Macro gone, Macro come) => _byBeginning[Shared(gone, come)].Any(pair =>
        pair is { Old: { } old, New: { } current } && old.SameValue(gone) && current.SameValue(come));

    private static string Part(Macro macro, string shared) =>
        Beginnings(macro.Name).FirstOrDefault(beginning => beginning.Length > shared.Length) ?? macro.Name;

    /// <summary>The longest beginning of whole words that is not all of one of them; empty when there is none.</summary>
    private static string Shared(Macro left, Macro right) => Beginnings(left.Name).Intersect(Beginnings(right.Name)).LastOrDefault() ?? "";

    private static string NameOf((Macro? Old, Macro? New) pair) => (pair.Old ?? pair.New)!.Name;

    private static IEnumerable<string> Beginnings(string name)
    {
        for (var end = name.IndexOf('_', 1); end > 0; end = name.IndexOf('_', end + 1))
        {
            if (name[end - 1] != '_')
                yield return name[..end];
        }
    }
}
