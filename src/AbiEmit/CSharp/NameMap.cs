using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>
/// The C# names that generated code has had so far: committed, so that a new kernel's header renames and retypes
/// nothing.
/// </summary>
/// <remarks>
/// Contract: compares by its text. Read and written by <see cref="NameMapFile"/>; the format is described in
/// docs/packages.md.
/// </remarks>
public sealed class NameMap : IEquatable<NameMap>
{
    private static readonly IReadOnlyDictionary<string, string> NoNames = new Dictionary<string, string>();

    private readonly Lazy<string> _text;

    private readonly Lazy<ILookup<string, string>> _recordsOfType;

    public NameMap()
    {
        _text = new(() => NameMapFile.Format(this));
        _recordsOfType = new(() => Records.Keys.ToLookup(record => record.Split('.')[0], StringComparer.Ordinal));
    }

    public static NameMap Empty { get; } = new();

    /// <summary>What a header's classes begin with, by header.</summary>
    public IReadOnlyDictionary<string, string> HeaderClasses { get; init; } = NoNames;

    /// <summary>C# types by the id of a record or enum, or a group's name with <c>_*</c> behind it.</summary>
    public IReadOnlyDictionary<string, string> Types { get; init; } = NoNames;

    /// <summary>By C# name.</summary>
    public IReadOnlyDictionary<string, KeptEnum> Enums { get; init; } = new Dictionary<string, KeptEnum>();

    /// <summary>C# names by C name, by the class of constants or requests they stand in.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Classes { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>
    /// C# names of what stands in a record, by the record's C# name, with the names around it and dots in front where it is
    /// nested. Keys are those of <see cref="StructPlan"/>.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Records { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>How many names it keeps.</summary>
    public int Count => HeaderClasses.Count + Types.Count + Enums.Values.Sum(item => item.Members.Count)
        + Classes.Values.Sum(names => names.Count) + Records.Values.Sum(names => names.Count);

    /// <summary>This map with all names of a namespace's code added; a name that it has already stays.</summary>
    public NameMap With(NamespacePlan plan) => NameMapGrowth.Of(this, plan);

    /// <summary>What the map says of the names inside one header's classes, enums and records.</summary>
    internal EquatableArray<GivenName> For(string headerClass, EquatableArray<GivenName> types)
    {
        var kept = new List<GivenName>();
        foreach (var scope in new[] { headerClass + "Constants", headerClass + "Ioctls" })
        {
            if (Classes.TryGetValue(scope, out var names))
                kept.AddRange(names.Select(name => new GivenName(scope, name.Key, name.Value)));
        }
        foreach (var type in types)
        {
            if (Enums.TryGetValue(type.CSharp, out var item))
                kept.AddRange(item.Members.Select(name => new GivenName(type.CSharp, name.Key, name.Value)));
            foreach (var record in _recordsOfType.Value[type.CSharp])
                kept.AddRange(Records[record].Select(name => new GivenName(record, name.Key, name.Value)));
        }
        return kept.ToEquatableArray();
    }

    public bool Equals(NameMap? other) => other is not null && (ReferenceEquals(this, other) || _text.Value == other._text.Value);

    public override bool Equals(object? obj) => Equals(obj as NameMap);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text.Value);
}
