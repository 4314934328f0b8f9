using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>An enum of both sides, or of one.</summary>
/// <param name="Id">What reports call it, whichever side is read first.</param>
internal sealed record EnumPair(string Id, EnumSpec? Old, EnumSpec? New);

/// <summary>
/// Matches the two sides' enums: by name, and those without one, or with a name of one side only, by the members they
/// share.
/// </summary>
internal static class EnumPairing
{
    public static IReadOnlyList<EnumPair> Of(AbiSpec old, AbiSpec current)
    {
        var named = Pairing.ByName(old.Enums.Where(IsNamed), current.Enums.Where(IsNamed), item => item.Id)
            .ToLookup(pair => pair is { Old: not null, New: not null });
        return
        [
            .. named[true].Select(pair => new EnumPair(pair.Old!.Id, pair.Old, pair.New)),
            .. ByMembers(
                [.. named[false].Select(pair => pair.Old).OfType<EnumSpec>(), .. old.Enums.Where(item => !IsNamed(item))],
                [.. named[false].Select(pair => pair.New).OfType<EnumSpec>(), .. current.Enums.Where(item => !IsNamed(item))]),
        ];
    }

    private static bool IsNamed(EnumSpec item) => item.Name.Length > 0;

    /// <summary>Pairs those that share most members first, then in the order of the lists: the same pairs whichever side comes first.</summary>
    private static IEnumerable<EnumPair> ByMembers(List<EnumSpec> olds, List<EnumSpec> news)
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

    /// <summary>The id both sides give it, the name of the side that has one, or one by a member that both have.</summary>
    private static string SharedId(EnumSpec old, EnumSpec current) => (IsNamed(old), IsNamed(current)) switch
    {
        (true, false) => old.Id,
        (false, true) => current.Id,
        _ => old.Id == current.Id ? old.Id : $"enum with {Names(old).Intersect(Names(current)).Min(StringComparer.Ordinal)}",
    };

    /// <summary>The names of the members; one without any is known by the empty name, for it is equal to itself.</summary>
    private static IEnumerable<string> Names(EnumSpec item) => item.Members.Select(member => member.Name).DefaultIfEmpty(item.Name);
}
