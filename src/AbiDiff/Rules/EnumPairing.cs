using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>An enum of both sides, or of one.</summary>
/// <param name="Id">What reports call it, whichever side is read first.</param>
internal sealed record EnumPair(string Id, EnumSpec? Old, EnumSpec? New);

/// <summary>Matches the two sides' enums: by name, and those without one by the members they share.</summary>
internal static class EnumPairing
{
    public static IEnumerable<EnumPair> Of(AbiSpec old, AbiSpec current) =>
        Pairing.ByName(old.Enums.Where(IsNamed), current.Enums.Where(IsNamed), item => item.Id)
            .Select(pair => new EnumPair((pair.Old ?? pair.New)!.Id, pair.Old, pair.New))
            .Concat(Nameless([.. old.Enums.Where(item => !IsNamed(item))], [.. current.Enums.Where(item => !IsNamed(item))]));

    private static bool IsNamed(EnumSpec item) => item.Name.Length > 0;

    /// <summary>Pairs those that share most members first, then in the order of the lists: the same pairs whichever side comes first.</summary>
    private static IEnumerable<EnumPair> Nameless(List<EnumSpec> olds, List<EnumSpec> news)
    {
        var holders = news.SelectMany((item, index) => Names(item).Select(name => (Name: name, Index: index)))
            .ToLookup(holder => holder.Name, holder => holder.Index, StringComparer.Ordinal);
        var candidates = olds
            .SelectMany((item, index) => Names(item).SelectMany(name => holders[name]).CountBy(other => other).Select(shared => (Old: index, New: shared.Key, Shared: shared.Value)))
            .OrderByDescending(pair => pair.Shared).ThenBy(pair => pair.Old).ThenBy(pair => pair.New).ToList();
        HashSet<int> pairedOld = [], pairedNew = [];
        foreach (var (old, current, _) in candidates.Where(pair => !pairedOld.Contains(pair.Old) && !pairedNew.Contains(pair.New)))
        {
            pairedOld.Add(old);
            pairedNew.Add(current);
            yield return new(SharedId(olds[old], news[current]), olds[old], news[current]);
        }
        foreach (var gone in olds.Where((_, index) => !pairedOld.Contains(index)))
            yield return new(gone.Id, gone, null);
        foreach (var come in news.Where((_, index) => !pairedNew.Contains(index)))
            yield return new(come.Id, null, come);
    }

    /// <summary>The id both sides give it, or one by a member that both have.</summary>
    private static string SharedId(EnumSpec old, EnumSpec current) =>
        old.Id == current.Id ? old.Id : $"enum with {Names(old).Intersect(Names(current)).Min(StringComparer.Ordinal)}";

    /// <summary>The names of the members; one without any is known by the empty name, for it is equal to itself.</summary>
    private static IEnumerable<string> Names(EnumSpec item) => item.Members.Select(member => member.Name).DefaultIfEmpty("");
}
