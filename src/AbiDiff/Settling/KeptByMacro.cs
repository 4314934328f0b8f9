using Faultline.AbiModel;

namespace Faultline.AbiDiff.Settling;

/// <summary>
/// Records, enums and typedefs whose name is a macro for another name on the new side, as <c>ipt_entry_target</c> is for
/// <c>xt_entry_target</c>: a program that says <c>struct ipt_entry_target</c> compiles. The new side then has the old name too.
/// </summary>
internal static class KeptByMacro
{
    /// <returns>The new side, and each name with what the macro says.</returns>
    public static (AbiSpec New, IReadOnlyList<(string Name, string Body)> Kept) Of(AbiSpec old, AbiSpec current)
    {
        var bodies = current.Unresolved.Where(item => item.Kind == "not-an-expression" && item.Body.Length > 0)
            .DistinctBy(item => item.Name).ToDictionary(item => item.Name, item => item.Body, StringComparer.Ordinal);
        if (bodies.Count == 0)
            return (current, []);
        var has = Ids(current).ToHashSet(StringComparer.Ordinal);
        var tags = Ids(old).Where(id => !has.Contains(id) && !id.StartsWith("typedef ", StringComparison.Ordinal))
            .Where(id => bodies.TryGetValue(TypeRenaming.Tag(id), out var body) && has.Contains(WithKind(id, body)))
            .DistinctBy(id => WithKind(id, bodies[TypeRenaming.Tag(id)])).ToList();
        var typedefs = Typedefs(old, current, bodies);
        if (tags.Count == 0 && typedefs.Count == 0)
            return (current, []);

        string Target(string id) => WithKind(id, bodies[TypeRenaming.Tag(id)]);
        var had = Ids(old).ToHashSet(StringComparer.Ordinal);
        var renamed = tags.Where(id => !had.Contains(Target(id))).ToDictionary(Target, id => id, StringComparer.Ordinal);
        var spec = TypeRenaming.Of(current, renamed);
        var copied = tags.Where(id => had.Contains(Target(id))).ToList();
        List<(string Name, string Body)> kept = [.. tags.Select(id => (id, bodies[TypeRenaming.Tag(id)])),
            .. typedefs.Select(item => ("typedef " + item.Name, bodies[item.Name]))];
        var macros = kept.Select(item => TypeRenaming.Tag(item.Name)).ToHashSet(StringComparer.Ordinal);
        return (spec with
        {
            Structs = spec.Structs.Concat(copied.SelectMany(id => spec.Structs.Where(record => record.Id == Target(id))
                .Select(record => record with { Name = TypeRenaming.Tag(id) }))).ToEquatableArray(),
            Enums = spec.Enums.Concat(copied.SelectMany(id => spec.Enums.Where(item => item.Id == Target(id))
                .Select(item => item with { Name = TypeRenaming.Tag(id), Members = default }))).ToEquatableArray(),
            Typedefs = spec.Typedefs.Concat(typedefs).ToEquatableArray(),
            Unresolved = spec.Unresolved.Where(item => !macros.Contains(item.Name)).ToEquatableArray(),
        }, kept);
    }

    /// <summary>Typedefs that are a macro for another typedef, or for the same words.</summary>
    private static List<TypedefSpec> Typedefs(AbiSpec old, AbiSpec current, Dictionary<string, string> bodies)
    {
        var has = current.Typedefs.Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        return [.. old.Typedefs.Where(item => !has.Contains(item.Name) && bodies.ContainsKey(item.Name))
            .Select(item => item.CType == bodies[item.Name] ? item
                : current.Typedefs.FirstOrDefault(other => other.Name == bodies[item.Name]) is { } target ? target with { Name = item.Name }
                : null)
            .OfType<TypedefSpec>()];
    }

    /// <summary>What a macro makes of <c>struct x</c>: a struct of its body's name; empty where the body has more than a name.</summary>
    private static string WithKind(string id, string body) =>
        body.Contains(' ', StringComparison.Ordinal) ? "" : id[..(id.Length - TypeRenaming.Tag(id).Length)] + body;

    private static IEnumerable<string> Ids(AbiSpec spec) =>
        spec.Structs.Select(record => record.Id).Concat(spec.Enums.Where(item => item.Name.Length > 0).Select(item => item.Id));
}
