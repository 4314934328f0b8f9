using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>Names that crossed from one enum to another, or between enums and macros. No other rule looks at them.</summary>
internal sealed class Crossings
{
    /// <summary>What a macro is in.</summary>
    public const string Macro = "macro";

    private readonly Dictionary<string, Crossing> _crossings = new(StringComparer.Ordinal);

    public Crossings(AbiSpec old, AbiSpec current, IReadOnlyList<EnumPair> enums)
    {
        var (olds, news) = (Places(old, enums, pair => pair.Old), Places(current, enums, pair => pair.New));
        foreach (var (name, was) in olds)
        {
            if (news.TryGetValue(name, out var now) && was.Place != now.Place)
                _crossings.Add(name, new(name, was.Id, now.Id, was.Value, now.Value, was.IsEnd(), now.IsEnd(), now.IsDefined));
        }
    }

    public IEnumerable<Crossing> All => _crossings.Values.OrderBy(crossing => crossing.Name, StringComparer.Ordinal);

    public bool Contains(string name) => _crossings.ContainsKey(name);

    /// <param name="Place">The number of the pair its enum is in; negative for a macro.</param>
    /// <param name="IsEnd">Whether it tells how many others there are: a question of few names, and a costly one.</param>
    /// <param name="IsDefined">Whether <c>#ifdef</c> finds it.</param>
    private sealed record Number(int Place, string Id, BigInteger Value, Func<bool> IsEnd, bool IsDefined = true);

    private static Dictionary<string, Number> Places(AbiSpec spec, IReadOnlyList<EnumPair> enums, Func<EnumPair, EnumSpec?> side)
    {
        var places = new Dictionary<string, Number>(StringComparer.Ordinal);
        // A macro hides an enumerator of its name.
        var ends = new EndMarkers(spec);
        foreach (var constant in Rules.Macro.Of(spec).Select(macro => macro.Constant).Where(constant => constant.Kind == ValueKind.Integer))
            places.TryAdd(constant.Name, new(-1, Macro, constant.Integer, () => ends.Contains(constant)));
        foreach (var ioctl in spec.Ioctls)
            places.TryAdd(ioctl.Name, new(-1, Macro, ioctl.Code, () => false));
        for (var place = 0; place < enums.Count; place++)
        {
            if (side(enums[place]) is not { } item)
                continue;
            var names = new EnumeratorNames(item, item);
            foreach (var member in item.Members)
                places.TryAdd(member.Name, new(place, enums[place].Id, member.Value, () => names.IsCounter(item, member), member.Defined));
        }
        return places;
    }
}
