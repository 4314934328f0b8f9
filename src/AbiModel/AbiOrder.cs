namespace Faultline.AbiModel;

/// <summary>The one order in which models are written and compared.</summary>
public static class AbiOrder
{
    /// <summary>This model with every list sorted; names compare by code unit.</summary>
    public static AbiSpec Sorted(AbiSpec spec) => spec with
    {
        Structs = By(spec.Structs, s => s.Id),
        Enums = By(spec.Enums, e => e.Id),
        Typedefs = By(spec.Typedefs, t => t.Name),
        Constants = By(spec.Constants, c => c.Name),
        Flags = By(spec.Flags.Select(Sorted), g => g.Name),
        Events = By(spec.Events.Select(Sorted), g => g.Name),
        Ioctls = By(spec.Ioctls, i => i.Name),
        Unresolved = By(spec.Unresolved, u => u.Name),
        Locations = By(spec.Locations, l => l.Name),
    };

    private static GroupSpec Sorted(GroupSpec group) => group with
    {
        Members = group.Members.OrderBy(m => m.Integer).ThenBy(m => m.Name, StringComparer.Ordinal).ToEquatableArray(),
    };

    private static EquatableArray<T> By<T>(IEnumerable<T> items, Func<T, string> name)
        where T : IEquatable<T> => items.OrderBy(name, StringComparer.Ordinal).ToEquatableArray();
}
