using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>Adds the names of generated code to a map.</summary>
internal static class NameMapGrowth
{
    public static NameMap Of(NameMap map, NamespacePlan plan)
    {
        var headers = Copy(map.HeaderClasses);
        var types = Copy(map.Types);
        var classes = Copy(map.Classes);
        var records = Copy(map.Records);
        var enums = map.Enums.ToDictionary(item => item.Key,
            item => (item.Value.Type, item.Value.Flags, Members: Copy(item.Value.Members)), StringComparer.Ordinal);
        foreach (var model in plan.Models)
        {
            Add(headers, model.Spec.Header, model.HeaderClass);
            foreach (var name in model.Types)
                Add(types, name.Key, name.CSharp);
            foreach (var (id, type, flags) in Enums(model.Spec))
            {
                if (NameOf(model, id) is { } name && !enums.ContainsKey(name))
                    enums.Add(name, (type, flags, new(StringComparer.Ordinal)));
            }
            var names = NamePlan.For(model);
            foreach (var name in names.All)
                Add(enums.TryGetValue(name.Scope, out var item) ? item.Members : Scope(classes, name.Scope), name.C, name.CSharp);
            foreach (var name in StructEmitter.Plans(model, names).SelectMany(plan => plan.WithNested).SelectMany(plan => plan.Names))
                Add(Scope(records, name.Scope), name.C, name.CSharp);
        }
        // Whoever writes the map has seen the warning about it.
        foreach (var change in plan.WidthChanges)
            enums[change.Enum] = enums[change.Enum] with { Type = change.Is };
        return new()
        {
            HeaderClasses = headers,
            Types = types,
            Enums = enums.ToDictionary(item => item.Key, item => new KeptEnum(item.Value.Type, item.Value.Flags, item.Value.Members),
                StringComparer.Ordinal),
            Classes = Settled(classes),
            Records = Settled(records),
        };
    }

    private static Dictionary<string, Dictionary<string, string>> Copy(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> scopes) =>
        scopes.ToDictionary(item => item.Key, item => Copy(item.Value), StringComparer.Ordinal);

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Settled(
        Dictionary<string, Dictionary<string, string>> scopes) =>
        scopes.ToDictionary(item => item.Key, item => (IReadOnlyDictionary<string, string>)item.Value, StringComparer.Ordinal);

    private static Dictionary<string, string> Copy(IReadOnlyDictionary<string, string> names) =>
        names.ToDictionary(name => name.Key, name => name.Value, StringComparer.Ordinal);

    /// <summary>A name that the map has stays: two namespaces that differ in it are two kernels, and the older one was first.</summary>
    private static void Add(Dictionary<string, string> names, string c, string csharp)
    {
        if (!names.ContainsKey(c) && !names.ContainsValue(csharp))
            names.Add(c, csharp);
    }

    private static Dictionary<string, string> Scope(Dictionary<string, Dictionary<string, string>> scopes, string name)
    {
        if (!scopes.TryGetValue(name, out var names))
            scopes.Add(name, names = new(StringComparer.Ordinal));
        return names;
    }

    private static string? NameOf(EmittableModel model, string id) => model.Types.FirstOrDefault(type => type.C == id)?.CSharp;

    private static IEnumerable<(string Id, TypeRef Type, bool Flags)> Enums(AbiSpec spec) =>
        spec.Enums.Where(item => item.Name.Length > 0).Select(item => (item.Id, item.Type, false))
            .Concat(spec.Flags.Select(group => (NamePlan.GroupId(group), group.Type, true)))
            .Concat(spec.Events.Select(group => (NamePlan.GroupId(group), group.Type, false)));
}
