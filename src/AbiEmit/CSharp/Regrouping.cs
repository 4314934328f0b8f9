using System.Numerics;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>
/// Gives groups and enums the members and widths that the name map knows, and others a width that the next constant
/// does not change.
/// </summary>
/// <remarks>
/// Groups are found by how names resemble each other, so that a new neighbour may cut them otherwise; and the smallest
/// integer that holds the members is another one with the next member. What users wrote down must not depend on either.
/// </remarks>
internal sealed class Regrouping
{
    private readonly NameMap _map;
    private readonly Dictionary<string, string> _groupOf = new(StringComparer.Ordinal);

    public Regrouping(NameMap map)
    {
        _map = map;
        foreach (var type in map.Types.Where(type => type.Key.EndsWith("_*", StringComparison.Ordinal)))
        {
            if (!map.Enums.TryGetValue(type.Value, out var kept))
                continue;
            foreach (var member in kept.Members)
                _groupOf[member.Key] = type.Key;
        }
    }

    public List<WidthChange> Changes { get; } = [];

    public AbiSpec Of(AbiSpec spec)
    {
        spec = HexFamilies.Grouped(spec);
        if (_map.Types.Count == 0)
            return spec with { Flags = spec.Flags.Select(Wide).ToEquatableArray(), Events = spec.Events.Select(Wide).ToEquatableArray() };
        var groups = new Dictionary<string, Group>(StringComparer.Ordinal);
        foreach (var (group, flags) in spec.Flags.Select(group => (group, true)).Concat(spec.Events.Select(group => (group, false))))
        {
            var home = group.Members.Select(member => _groupOf.TryGetValue(member.Name, out var kept) ? kept : null)
                .FirstOrDefault(kept => kept is not null)
                ?? group.Name + "_*";
            foreach (var member in group.Members)
                Of(_groupOf.TryGetValue(member.Name, out var kept) ? kept : home).Add(member, group, flags);
        }
        foreach (var constant in spec.Constants)
        {
            if (_groupOf.TryGetValue(constant.Name, out var kept)
                && constant is { Kind: ValueKind.Integer, Type: { Kind: TypeKind.Integer, ScalarSize: <= 8 } })
                Of(kept).Add(constant, null, true);
        }
        var taken = new HashSet<string>(groups.Values.SelectMany(group => group.Members)
            .Select(member => member.Name), StringComparer.Ordinal);
        return AbiOrder.Sorted(spec with
        {
            Constants = spec.Constants.Where(constant => !taken.Contains(constant.Name)).ToEquatableArray(),
            Flags = groups.Where(group => IsFlags(group.Key, group.Value)).Select(group => Sized(group.Key, group.Value))
                .ToEquatableArray(),
            Events = groups.Where(group => !IsFlags(group.Key, group.Value)).Select(group => Sized(group.Key, group.Value))
                .ToEquatableArray(),
            Enums = spec.Enums.Select(Signed).ToEquatableArray(),
        });

        Group Of(string key) => groups.TryGetValue(key, out var group) ? group : groups[key] = new();
    }

    private sealed class Group
    {
        public List<ConstantSpec> Members { get; } = [];

        public GroupSpec? Found { get; private set; }

        public bool Flags { get; private set; }

        public void Add(ConstantSpec member, GroupSpec? found, bool flags)
        {
            Members.Add(member);
            Found ??= found;
            Flags = flags;
        }
    }

    private KeptEnum? Kept(string key) =>
        _map.Types.TryGetValue(key, out var name) && _map.Enums.TryGetValue(name, out var kept) ? kept : null;

    private bool IsFlags(string key, Group group) => Kept(key)?.Flags ?? group.Flags;

    /// <summary>
    /// As wide as the field the members are stored in, else as their C types: never what the largest of them happens to
    /// need.
    /// </summary>
    private static GroupSpec Wide(GroupSpec group) => group.Field.Length > 0 ? group : group with { Type = Width(group.Members) };

    private static TypeRef Width(IEnumerable<ConstantSpec> members) =>
        TypeRef.Integer(Math.Max(4, members.Max(member => member.Type.ScalarSize)), signed: false);

    private GroupSpec Sized(string key, Group group)
    {
        var field = group.Found is { Field.Length: > 0 } found ? found : null;
        var type = field?.Type ?? Width(group.Members);
        if (Kept(key) is { } kept && kept.Type != type)
        {
            if (group.Members.All(member => Fits(member, kept.Type)))
                type = kept.Type;
            else
                Changes.Add(new(_map.Types[key], kept.Type, type));
        }
        return new()
        {
            Name = key.Substring(0, key.Length - 2),
            Type = type,
            Field = field?.Field ?? "",
            Members = group.Members.ToEquatableArray(),
        };
    }

    private static bool Fits(ConstantSpec member, TypeRef type) => member.Integer.Sign < 0
        ? member.Type.ScalarSize <= type.ScalarSize
        : member.Integer < BigInteger.One << (type.ScalarSize * 8);

    /// <summary>The first negative enumerator makes an enum's integer a signed one; as many bits it has all the same.</summary>
    private EnumSpec Signed(EnumSpec item)
    {
        if (!_map.Types.TryGetValue(item.Id, out var name) || !_map.Enums.TryGetValue(name, out var kept) || kept.Type == item.Type)
            return item;
        if (kept.Type.ScalarSize == item.Type.ScalarSize)
            return item with { Type = kept.Type };
        Changes.Add(new(name, kept.Type, item.Type));
        return item;
    }
}
