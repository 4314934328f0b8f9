using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>All models of one namespace as one compilation: each record once, each name once.</summary>
public sealed record NamespacePlan
{
    /// <summary>
    /// The headers in the order in which their names are given: <c>linux/</c> first, then those without a directory,
    /// then by name.
    /// </summary>
    public EquatableArray<EmittableModel> Models { get; private init; }

    public EquatableArray<Disagreement> Disagreements { get; private init; }

    /// <summary>Types that did not get the name they would have alone.</summary>
    public EquatableArray<NameClash> Clashes { get; private init; }

    public EquatableArray<WidthChange> WidthChanges { get; private init; }

    /// <summary>The types that all of them share.</summary>
    public NamespaceSupport Support { get; private init; } = new("", false, false);

    /// <summary>Plans the C# of one namespace.</summary>
    /// <param name="models">All with the same namespace; at least one.</param>
    public static NamespacePlan Of(IReadOnlyList<NamespaceModel> models, NameMap map)
    {
        var order = Enumerable.Range(0, models.Count)
            .OrderBy(index => Rank(models[index].Spec.Header))
            .ThenBy(index => models[index].Spec.Header, StringComparer.Ordinal).ToArray();
        var regrouping = new Regrouping(map);
        var specs = order.Select(index => regrouping.Of(models[index].Spec)).ToList();
        var owners = new TypeOwners(specs);
        var internally = models.All(model => model.Options.Internal);
        var headerClasses = HeaderClass.Of([.. specs.Select(spec => spec.Header)], map);
        var names = new TypeNames(specs, owners, headerClasses, map, [.. order.Select(index => models[index].Options.StripPrefixes)]);
        return new()
        {
            Support = new(models[0].Options.Namespace, internally, specs.Exists(spec => new ByteOrders(spec).AreIn(spec.Structs))),
            Models = specs.Select((spec, index) => new EmittableModel
            {
                Options = models[order[index]].Options with { Internal = internally },
                Spec = KeptMembers.Of(spec, map, headerClasses[index], names.Of(index)),
                HeaderClass = headerClasses[index],
                Types = names.Of(index),
                Elsewhere = owners.ElsewhereOf(index),
                Kept = map.For(headerClasses[index], names.Of(index)),
            }).ToEquatableArray(),
            Disagreements = owners.Disagreements.Select(item => item with { Model = order[item.Model], Other = order[item.Other] })
                .ToEquatableArray(),
            Clashes = names.Clashes.ToEquatableArray(),
            WidthChanges = regrouping.Changes.ToEquatableArray(),
        };
    }

    private static int Rank(string header) => header.StartsWith("linux/", StringComparison.Ordinal) ? 0 : header.IndexOf('/') < 0 ? 1 : 2;
}
