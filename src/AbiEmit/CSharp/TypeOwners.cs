using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>
/// Which model of a namespace writes which record, enum and group: the header that defines it if it is among them, else
/// the first that needs it.
/// </summary>
internal sealed class TypeOwners
{
    private readonly Dictionary<(string Id, string Header), Owner> _owners = [];
    private readonly HashSet<string>[] _elsewhere;
    private readonly Dictionary<string, string>[] _keys;

    public TypeOwners(IReadOnlyList<AbiSpec> specs)
    {
        _elsewhere = [.. specs.Select(_ => new HashSet<string>(StringComparer.Ordinal))];
        _keys = [.. specs.Select(_ => new Dictionary<string, string>(StringComparer.Ordinal))];
        for (var model = 0; model < specs.Count; model++)
            Define(specs[model], model);
        var seen = new Dictionary<string, List<Owner>>(StringComparer.Ordinal);
        for (var model = 0; model < specs.Count; model++)
            Settle(specs[model], model, seen);
    }

    private sealed record Owner(int Model, string Id, string Header, StructSpec? Record, EnumSpec? Enum, GroupSpec? Group);

    public List<Disagreement> Disagreements { get; } = [];

    public EquatableArray<string> ElsewhereOf(int model) => _elsewhere[model].OrderBy(id => id, StringComparer.Ordinal).ToEquatableArray();

    /// <summary>
    /// What a type of a model is called among all types of the namespace: its id, with the header behind it when
    /// another type has that id.
    /// </summary>
    public string Key(int model, string id) => _keys[model][id];

    public bool IsOwn(int model, string id) => !_elsewhere[model].Contains(id);

    private static IEnumerable<Owner> Types(AbiSpec spec, int model) =>
        spec.Structs.Select(record => new Owner(model, record.Id, record.Origin, record, null, null))
            .Concat(spec.Enums.Select(item => new Owner(model, item.Id, item.Origin, null, item, null)))
            .Concat(spec.Flags.Concat(spec.Events).Select(group => new Owner(model, group.Name + "_*", "", null, null, group)))
            .Select(type => type.Header.Length > 0 ? type : type with { Header = spec.Header });

    private void Define(AbiSpec spec, int model)
    {
        foreach (var type in Types(spec, model).Where(type => type.Header == spec.Header))
            _owners[(type.Id, type.Header)] = type;
    }

    private void Settle(AbiSpec spec, int model, Dictionary<string, List<Owner>> seen)
    {
        foreach (var type in Types(spec, model))
        {
            if (!_owners.TryGetValue((type.Id, type.Header), out var owner))
                _owners.Add((type.Id, type.Header), owner = type);
            if (type.Enum is { Name.Length: 0 })
            {
                // Its members stand in a class of their header, so a copy of it is not the same.
                if (owner.Model != model)
                    _elsewhere[model].Add(type.Id);
                continue;
            }
            if (!seen.TryGetValue(type.Id, out var namesakes))
                seen.Add(type.Id, namesakes = []);
            if (owner.Model != model && !Same(owner, type))
                Disagreements.Add(new(model, owner.Model, type.Id, type.Header));
            // Two headers may each define the same record, as copies do; one of them is enough.
            var first = namesakes.Find(other => other == owner || Same(other, owner));
            if (first is null)
                namesakes.Add(first = owner);
            _keys[model][type.Id] = namesakes.IndexOf(first) == 0 ? type.Id : $"{type.Id} of {first.Header}";
            if (first.Model != model)
                _elsewhere[model].Add(type.Id);
        }
    }

    private static bool Same(Owner left, Owner right) => ReferenceEquals(left, right)
        || (left.Record, right.Record) is ({ } a, { } b) && Sameness.Of(a, b)
        || (left.Enum, right.Enum) is ({ } c, { } d) && Sameness.Of(c, d)
        || (left.Group, right.Group) is ({ } e, { } f) && Sameness.Of(e, f);
}
