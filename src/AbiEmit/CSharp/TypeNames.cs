using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>The C# names of all types of one namespace.</summary>
internal sealed class TypeNames
{
    private readonly List<GivenName>[] _names;

    public TypeNames(
        IReadOnlyList<AbiSpec> specs, TypeOwners owners, IReadOnlyList<string> headerClasses, NameMap map,
            IReadOnlyList<EquatableArray<string>> prefixes)
    {
        _names = [.. specs.Select(_ => new List<GivenName>())];
        var scope = new NameScope("", specs.Count == 1 ? specs[0].Header : "the namespace", Reserved(headerClasses), map.Types);
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var model = 0; model < specs.Count; model++)
        {
            foreach (var (id, name) in Types(specs[model]))
            {
                var key = owners.Key(model, id);
                if (!given.TryGetValue(key, out var csharp))
                    given.Add(key, csharp = scope.Give(key, name, CSharpName.Pascal(name, prefixes[model])));
                _names[model].Add(new(key == id ? "" : key, id, csharp));
            }
        }
        Clashes = scope.Clashes;
    }

    public IReadOnlyList<NameClash> Clashes { get; }

    public EquatableArray<GivenName> Of(int model) => _names[model].ToEquatableArray();

    private static IEnumerable<string> Reserved(IReadOnlyList<string> headerClasses) => NameScope.UsedByStructs
        .Concat(SupportEmitter.Types)
        .Concat(headerClasses.SelectMany(name => new[] { name + "Constants", name + "Ioctls" }));

    private static IEnumerable<(string Id, string Name)> Types(AbiSpec spec) => spec.Structs.Select(record => (record.Id, record.Name))
        .Concat(spec.Enums.Where(item => item.Name.Length > 0).Select(item => (item.Id, item.Name)))
        .Concat(spec.Flags.Concat(spec.Events).Select(group => (group.Name + "_*", group.Name)));
}
