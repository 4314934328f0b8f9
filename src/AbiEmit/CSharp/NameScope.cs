namespace Faultline.AbiEmit.CSharp;

/// <summary>The names already given in one C# scope.</summary>
/// <param name="scope">What the name map calls the scope.</param>
/// <param name="owner">What the scope belongs to, for messages.</param>
/// <param name="reserved">Names no member may have: that of the type around it and those every object has.</param>
/// <param name="kept">C# names by C name, as the name map keeps them, also for what the header no longer has.</param>
internal sealed class NameScope(
    string scope, string owner, IEnumerable<string> reserved, IReadOnlyDictionary<string, string>? kept = null)
{
    /// <summary>Members of System.Object and System.ValueType, which a field of the same name would hide.</summary>
    public static readonly IReadOnlyList<string> ObjectMembers =
        ["Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize", "ReferenceEquals"];

    /// <summary>What generated code names without saying where it is.</summary>
    public static readonly IReadOnlyList<string> UsedByStructs =
    [
        "BitFields", "Unsafe", "StructLayout", "StructLayoutAttribute", "LayoutKind", "FieldOffset", "FieldOffsetAttribute",
        "InlineArray", "InlineArrayAttribute", "MemoryMarshal",
    ];

    private readonly HashSet<string> _taken = new(reserved, StringComparer.Ordinal);

    private readonly Dictionary<string, string> _keepers = Keepers(kept);

    private readonly List<NameClash> _clashes = [];

    private readonly List<(string Key, string CSharp)> _given = [];

    /// <summary>C names that have their name from the map.</summary>
    private readonly HashSet<string> _unchanged = new(StringComparer.Ordinal);

    /// <summary>
    /// Who did not get the wanted name, as far as names are given. Where the one that the map keeps it for is there and has it, the two
    /// are no more than alike: code means by each name what it meant.
    /// </summary>
    public List<NameClash> Clashes =>
        [.. _clashes.Select(clash => _unchanged.Contains(clash.Keeper) ? clash with { Keeper = "" } : clash)];

    /// <summary>Every name so far, by what the name map calls the item.</summary>
    public IReadOnlyList<(string Key, string CSharp)> Given => _given;

    private static Dictionary<string, string> Keepers(IReadOnlyDictionary<string, string>? kept)
    {
        var keepers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in kept ?? new Dictionary<string, string>())
            keepers[item.Value] = item.Key;
        return keepers;
    }

    /// <summary>The wanted name, or when it is taken the C name itself, or that with a number behind it.</summary>
    public string Give(string cName, string wanted) => Give(cName, cName, wanted);

    /// <param name="key">What the name map calls the item.</param>
    public string Give(string key, string cName, string wanted)
    {
        var given = Choose(key, cName, wanted);
        _given.Add((key, given));
        return given;
    }

    private string Choose(string key, string cName, string wanted)
    {
        if (kept is not null && kept.TryGetValue(key, out var old) && _taken.Add(old))
        {
            _unchanged.Add(key);
            return old;
        }
        if (IsFree(key, wanted))
            return wanted;
        var keeper = _keepers.TryGetValue(wanted, out var other) && other != key ? other : "";
        var given = CSharpName.Verbatim(cName);
        for (var number = 2; !IsFree(key, given); number++)
            given = $"{CSharpName.Clean(cName)}_{number}";
        _clashes.Add(new(cName, scope, owner, wanted, given, keeper));
        return given;
    }

    private bool IsFree(string key, string name) => (!_keepers.TryGetValue(name, out var keeper) || keeper == key) && _taken.Add(name);
}
